import type { FactSheet } from '../../../src/contract/facts.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import { asJson } from '../../shared/json.ts';
import type { ProjectPlanning } from '../contract.ts';

type Calls = ProjectPlanning['calls'];
export type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

/** Existing tasks that this plan may take up: the project's own and those of none. Another project's stay where they are. */
export function ownTasks(facts: FactSheet): FactSheet['tasks'] {
  return facts.tasks.filter(
    (task) => task.projectId === null || task.projectId === facts.project?.id || task.id === facts.input['taskId'],
  );
}

/** The person's records that bear on the plan. */
export function records(facts: FactSheet): JsonObject {
  return { project: asJson(facts.project), notes: asJson(facts.notes), existing_tasks: asJson(ownTasks(facts)) };
}
