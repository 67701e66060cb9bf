import type { ZodType } from 'zod';
import { startLimits } from '../../../src/contract/budget.ts';
import type { BudgetLimits } from '../../../src/contract/budget.ts';
import type { Problem } from '../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { CommonOptions } from '../../../src/contract/run.ts';
import { budgetInput } from '../../../src/schemas/common-input.ts';
import { checkShape } from '../../../src/schemas/check-shape.ts';
import type { WorkflowContract } from '../../../src/schemas/workflow-contract.ts';

type Started = { readonly input: JsonObject; readonly options: JsonObject; readonly budget: JsonObject };
export type CheckedStart = {
  readonly input: JsonObject;
  readonly options: CommonOptions & JsonObject;
  readonly limits: BudgetLimits;
};

type Part<T> = { readonly value: T | null; readonly problems: readonly Problem[] };

function checkPart<T>(schema: ZodType<T>, part: { readonly path: string; readonly value: Json }): Part<T> {
  const checked = checkShape(schema, part.value, part.path);
  return checked.ok ? { value: checked.value, problems: [] } : { value: null, problems: checked.problems };
}

// A contract's schemas are made for JSON and give JSON: `safeParse` forgets that, and this is where it is said again.
function asJsonObject(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/** Checks a start field by field against its type's contract: everything needed, or every problem at once. */
export function checkStart(
  contract: WorkflowContract,
  started: Started,
): { readonly ok: true; readonly value: CheckedStart } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const input = checkPart(contract.input, { path: 'input', value: started.input });
  const options = checkPart(contract.options, { path: 'options', value: started.options });
  const budget = checkPart(budgetInput, { path: 'budget', value: started.budget });
  const problems = [...input.problems, ...options.problems, ...budget.problems];
  if (problems.length > 0) return { ok: false, problems };
  const checked = asJsonObject(options.value ?? {});
  const limits = startLimits(checked, asJsonObject(budget.value ?? {}));
  return { ok: true, value: { input: asJsonObject(input.value ?? {}), options: checked, limits } };
}
