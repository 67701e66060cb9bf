import { z } from 'zod';
import { mostAttempts } from '../../src/contract/attempts.ts';
import { invalidInput } from '../../src/contract/errors.ts';
import type { StartArgument } from '../../src/contract/run.ts';

const jsonObject = z.record(z.string(), z.json());

const startArgument = z.strictObject(
  {
    runId: z.uuid().exactOptional(),
    userId: z.uuid().exactOptional(),
    name: z.string().trim().min(1).max(300).exactOptional(),
    input: jsonObject.exactOptional(),
    options: jsonObject.exactOptional(),
    budget: jsonObject.exactOptional(),
    maxAttempts: z.int().min(1).max(mostAttempts).exactOptional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown: ${issue.keys.join(', ')}; expected {"input": {…}, "options": {…}, "budget": {…}, "name": "…", "maxAttempts": 1, "userId": "…"}`
        : undefined,
  },
);

/** Checks what a workflow was started with: anyone may start one from the `temporal` CLI. Throws `invalid_input`. */
export function readStartArgument(value: unknown): StartArgument {
  const parsed = startArgument.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw invalidInput(
    parsed.error.issues.map((issue) => ({ path: issue.path.join('.') || 'argument', message: issue.message })),
  );
}
