import { z } from 'zod';
import type { Problem } from '../../src/contract/errors.ts';
import type { FactSheet } from '../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { AnyCall } from '../../src/schemas/workflow-contract.ts';

export type Validated =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What an answer must look like, for the provider (JSON Schema) and for us (`validate`: schema, then references). */
export type OutputSchema = {
  readonly kind: 'json';
  readonly name: string;
  readonly schema: JsonObject;
  validate(value: unknown): Validated;
};

type SchemaOf = {
  readonly name: string;
  readonly call: AnyCall;
  readonly facts: FactSheet;
  readonly params: JsonObject;
};

/** The schema of a call's answer, from its zod schema and its own checks against the facts given. */
export function outputSchema({ name, call, facts, params }: SchemaOf): OutputSchema {
  return {
    kind: 'json',
    name,
    // zod writes plain JSON Schema objects.
    schema: z.toJSONSchema(call.output, { io: 'output' }) as unknown as JsonObject,
    validate: (value) => {
      const parsed = call.output.safeParse(value);
      if (!parsed.success) {
        const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
        return { ok: false, problems };
      }
      // Parsed by the call's own schema, which describes JSON only.
      const output = parsed.data as Json;
      const problems = call.check(output, facts, params);
      return problems.length === 0 ? { ok: true, value: output } : { ok: false, problems };
    },
  };
}
