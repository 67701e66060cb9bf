import { z } from 'zod';
import { invalidInput, StewardError } from '../../../contract/errors.ts';
import { budgetInput } from '../../../schemas/common-input.ts';
import { checkShape } from '../../../schemas/check-shape.ts';
import { dedupKey, runAttempts, runName, runPriority } from '../../../schemas/start-fields.ts';
import type { WorkflowContract } from '../../../schemas/workflow-contract.ts';
import type { StartRun } from '../../runs-api.ts';

/** The types a run can be started as; the workflows' own catalog fits. */
export interface CatalogPort {
  list(): readonly WorkflowContract[];
}

/** The contract of a type. Throws `unknown_workflow_type` with the known names. */
export function findContract(catalog: CatalogPort, type: string): WorkflowContract {
  const contracts = catalog.list();
  const found = contracts.find((contract) => contract.name === type);
  if (found !== undefined) return found;
  const known = contracts.map((contract) => contract.name);
  throw new StewardError('unknown_workflow_type', `There is no workflow type "${type}". Known: ${known.join(', ')}.`, {
    details: { type, known },
  });
}

/** Parses by a schema. Throws `invalid_input` that names every wrong field at once. */
export function parseOrRefuse<T>(schema: z.ZodType<T>, value: unknown, prefix = ''): T {
  const checked = checkShape(schema, value, prefix);
  if (checked.ok) return checked.value;
  throw invalidInput(checked.problems);
}

// A run in a year's time is a slip of the keyboard more often than a wish.
const farthestStartMs = 366 * 24 * 3_600_000;

/** Checks a start against its type's contract, all fields at once. Throws `invalid_input`. */
export function checkStart(contract: WorkflowContract, request: StartRun, now: Date): void {
  const latest = now.getTime() + farthestStartMs;
  const schema = z.strictObject({
    type: z.string(),
    input: contract.input,
    options: contract.options,
    budget: budgetInput.optional(),
    name: runName.optional(),
    priority: runPriority.optional(),
    startAt: z.iso
      .datetime({ offset: true, message: 'expected an ISO 8601 time with zone, such as 2026-03-01T09:00:00Z' })
      .refine((text) => !(Date.parse(text) > latest), 'is more than a year away')
      .optional(),
    dedupKey: dedupKey.optional(),
    maxAttempts: runAttempts.optional(),
  });
  parseOrRefuse(schema, { ...request, options: request.options ?? {} });
}
