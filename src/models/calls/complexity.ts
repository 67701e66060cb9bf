import type { Complexity } from '../../contract/step.ts';
import type { ChatMessage, OutputSpec } from '../model-service.ts';

// Where everyday prompts divide: a brief of some lines is simple, a whole project is not.
const simplePoints = 3;
const complexPoints = 10;
const tokensPerPoint = 3_000;
const schemaCharactersPerPoint = 1_500;
const constraintsPerPoint = 4;

const constraint =
  /\b(must|never|only|exactly|at (least|most)|before|after|unless|depends? on|no more than|muss|müssen|nie|nur|genau|mindestens|höchstens|bevor|nachdem|außer)\b|^\s*(?:[-*•]|\d+[.)])\s/gim;

function constraintsIn(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + (message.content?.match(constraint)?.length ?? 0), 0);
}

/** How hard a prompt is, by what can be counted: its length, its constraints and list items, and what its answer holds. */
export function complexityOf(prompt: {
  readonly messages: readonly ChatMessage[];
  readonly output: OutputSpec;
  readonly promptTokens: number;
}): Complexity {
  const { messages, output, promptTokens } = prompt;
  const schema = output.kind === 'json' ? JSON.stringify(output.schema).length : 0;
  const points =
    promptTokens / tokensPerPoint + constraintsIn(messages) / constraintsPerPoint + schema / schemaCharactersPerPoint;
  if (points >= complexPoints) return 'complex';
  return points < simplePoints ? 'simple' : 'normal';
}
