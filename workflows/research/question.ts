import type { FactSheet } from '../../src/contract/facts.ts';

/** What is asked: the person's words, or the task that is the question. */
export function questionOf(facts: FactSheet): string {
  const { userPrompt } = facts.input;
  return typeof userPrompt === 'string' ? userPrompt : (facts.focusTask?.title ?? 'What is known?');
}
