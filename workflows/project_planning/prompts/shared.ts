import type { Problem } from '../../../src/contract/errors.ts';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import type { CallContract } from '../../../src/schemas/workflow-contract.ts';
import type { ProjectPlanning } from '../contract.ts';

type Calls = ProjectPlanning['calls'];
export type Call<Name extends keyof Calls, Output> = CallContract<Output, Calls[Name]['params'], Calls[Name]['view']>;

/** A value of the facts as JSON, which they are by contract. */
export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** What every call is told: who asks for what, when, and what was said since. */
export function situation(facts: FactSheet): JsonObject {
  const { input } = facts;
  const task = facts.tasks.find((each) => each.id === input['taskId']);
  return {
    // To the hour: no plan is finer, and the same question asked twice can be answered from the cache.
    now: `${facts.now.slice(0, 13)}:00:00.000Z`,
    time_zone: facts.timeZone,
    intent: input['userPrompt'] ?? task?.title ?? facts.project?.name ?? '',
    context: input['context'] ?? null,
    answers: asJson(facts.answers),
    added_context: facts.addedContext,
    rejections: asJson(facts.rejections),
    user_context: asJson(facts.userContext),
  };
}

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

/** A problem for each key that was used before. */
export function duplicates(keys: readonly string[], path: string): readonly Problem[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: `${path}.${index}.key`, message: `"${key}" is used twice; keys are unique` }];
  });
}
