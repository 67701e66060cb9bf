import type { MessageName, RunMessages } from '../../../src/contract/messages.ts';
import type { StewardFault } from './fault.ts';

const textFields: ReadonlySet<string> = new Set([
  'messageId',
  'by',
  'reason',
  'requestId',
  'comment',
  'digest',
  'text',
  'contextId',
  'choiceId',
]);
// Four bytes a character at most: it must fit into one payload, and longer texts go by reference anyway.
const mostChars = 50_000;

export function invalid(path: string, message: string): StewardFault {
  return { code: 'invalid_input', message: `${path}: ${message}`, details: { problems: [{ path, message }] } };
}

function fieldProblem(name: string, value: unknown): string | null {
  if (textFields.has(name)) {
    if (typeof value !== 'string') return 'expected a text';
    return value.length <= mostChars ? null : `at most ${mostChars} characters; a longer text can be added by the API`;
  }
  if (name === 'operations' || name === 'except') {
    const ids: readonly unknown[] = Array.isArray(value) ? value : [null];
    return ids.every((id) => typeof id === 'string') ? null : 'expected a list of operation ids';
  }
  if (name === 'softRatio') {
    return typeof value === 'number' && value >= 0 && value <= 1 ? null : 'expected a number from 0 to 1';
  }
  if (name === 'value' && JSON.stringify(value).length > mostChars) return `at most ${mostChars} characters`;
  return null;
}

/**
 * The message with fields of the right kinds, or what is wrong with it: signals come from anywhere and can hold anything.
 * A text that is null counts as left out.
 */
export function checkFields<Name extends MessageName>(
  name: Name,
  message: RunMessages[Name],
): StewardFault | { readonly message: RunMessages[Name] } {
  const given: unknown = message;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return invalid(name, 'expected a JSON object');
  const fields = Object.entries(given).filter(([key, value]) => value !== null || !textFields.has(key));
  for (const [key, value] of fields) {
    const problem = value === undefined ? null : fieldProblem(key, value);
    if (problem !== null) return invalid(key, problem);
  }
  // The same message without empty texts, all of which may be left out.
  return { message: Object.fromEntries(fields) as RunMessages[Name] };
}
