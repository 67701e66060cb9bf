import { z } from 'zod';
import type { ZodType } from 'zod';
import type { Problem } from '../../src/contract/errors.ts';
import type { SourceScope } from '../../src/contract/facts/source-facts.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { Tx } from '../support/transaction.ts';
import type { Reads } from './scope.ts';
import type { Loop } from './transcript.ts';

export type ToolContext = {
  readonly tx: Tx;
  readonly userId: string;
  readonly runId: string;
  /** The loop that calls, and its transcript. */
  readonly loop: Loop;
  /** What of the person's records may be read. */
  readonly scope: SourceScope;
  readonly now: Date;
  /** The call's effect key: what a tool writes takes its id from it, so that a retry writes the same. */
  readonly key: string;
};

/** A call whose arguments were checked, ready to run; or what is wrong with them. */
export type PreparedTool =
  | { readonly ok: true; readonly run: (context: ToolContext) => Promise<Json> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Something an agent may do. `write` runs once; `confirm` asks the person first unless they allowed it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly access: 'read' | 'write';
  readonly policy: 'auto' | 'confirm' | 'deny';
  readonly reads: Reads;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
  prepare(args: unknown): PreparedTool;
}

type Definition<Args> = Omit<Tool, 'parameters' | 'prepare'> & {
  readonly parameters: ZodType<Args>;
  readonly run: (context: ToolContext, args: Args) => Promise<Json>;
};

/** Makes a tool of its definition: arguments are checked before anything runs. */
export function defineTool<Args>({ parameters, run, ...described }: Definition<Args>): Tool {
  return {
    ...described,
    // zod writes plain JSON Schema objects.
    parameters: z.toJSONSchema(parameters, { io: 'input' }) as unknown as JsonObject,
    prepare: (args) => {
      const parsed = parameters.safeParse(args);
      if (parsed.success) return { ok: true, run: async (context) => await run(context, parsed.data) };
      return {
        ok: false,
        problems: parsed.error.issues.map((issue) => ({
          path: issue.path.join('.') || 'arguments',
          message: issue.message,
        })),
      };
    },
  };
}
