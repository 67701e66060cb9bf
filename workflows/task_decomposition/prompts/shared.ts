import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { asJson } from '../../shared/json.ts';
import { situation } from '../../shared/situation.ts';
import type { TaskDecomposition } from '../contract.ts';
import { readTarget } from '../outputs.ts';

type Calls = TaskDecomposition['calls'];
export type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

/** The task as every call is shown it: its record where there is one, what was said, and what surrounds it. */
export function aboutTask(facts: FactSheet): JsonObject {
  const { task } = readTarget(facts);
  return {
    ...situation(facts),
    intent: facts.input['userPrompt'] ?? task?.title ?? '',
    task: asJson(task),
    project: asJson(facts.project),
  };
}
