import type { FactSheet } from '../../src/contract/facts.ts';
import type { JsonObject } from '../../src/contract/json.ts';
import { asJson } from './json.ts';

/** What every call is told: who asks for what, when, and what was said since. */
export function situation(facts: FactSheet): JsonObject {
  const { input } = facts;
  const task = facts.focusTask ?? facts.tasks.find((each) => each.id === input['taskId']);
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
