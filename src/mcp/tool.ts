import { z } from 'zod';
import { invalidInput } from '../contract/errors.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { StewardApi } from '../api/steward-api.ts';
import type { Scope } from '../api/tokens-api.ts';
import { checkShape } from '../schemas/check-shape.ts';

type Described = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** One of them is needed for the tool to be listed; the API itself asks for it again. Empty: any token will do. */
  readonly scopes: readonly Scope[];
  /** What a call changes: `takes` is what can't be taken back by another call. */
  readonly changes: 'nothing' | 'adds' | 'takes';
};

/** What the API can do for an agent, as a tool. */
export type McpTool = Described & {
  /** JSON Schema of the arguments. */
  readonly inputSchema: JsonObject;
  /** Throws `StewardError`, with a problem for each argument that does not fit. */
  call(api: StewardApi, args: unknown): Promise<object>;
};

type Definition<Args> = Described & {
  readonly input: z.ZodType<Args>;
  readonly run: (api: StewardApi, args: Args) => Promise<object>;
};

/** Makes a tool of its definition: arguments are checked before the API is asked. */
export function defineMcpTool<Args>({ input, run, ...described }: Definition<Args>): McpTool {
  return {
    ...described,
    // zod writes plain JSON Schema objects; what stands for any JSON becomes `{}`.
    inputSchema: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as unknown as JsonObject,
    async call(api, args) {
      const checked = checkShape(input, args ?? {});
      if (!checked.ok) throw invalidInput(checked.problems);
      return await run(api, checked.value);
    },
  };
}

/** Any JSON: what arrives here came as JSON. `z.json()` would be a recursive schema, which some hosts refuse. */
export const anyJson = z.custom<Json>(() => true);
export const anyObject = z.record(z.string(), anyJson, 'expected an object');

// A guid and not a strict UUID: derived ids need not carry a version.
export const id = z.guid('expected an id (UUID)');
export const runId = { runId: id.meta({ description: 'Id of a run.' }) };
export const paging = {
  cursor: z.string().min(1).max(500).exactOptional().meta({ description: 'The `nextCursor` of the page before.' }),
  limit: z.int().min(1).max(100).default(20),
};
export const reason = { reason: z.string().trim().max(2_000).exactOptional() };
export const instant = z.iso.datetime({ offset: true, error: 'expected an ISO 8601 time with zone' });
