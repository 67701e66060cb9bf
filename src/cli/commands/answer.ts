import type { Command } from 'commander';
import { StewardError } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import { apiCommand, required } from '../command.ts';
import { note, printJson } from '../output.ts';

/** `key=value` pairs as an object; a single word is the answer to the only question. */
function readAnswer(words: readonly string[]): Json {
  const pairs = words.map((word) => ({ at: word.indexOf('='), word }));
  if (pairs.every(({ at }) => at > 0)) return Object.fromEntries(pairs.map(({ at, word }) => [word.slice(0, at), word.slice(at + 1)]));
  const [only, second] = words;
  if (only !== undefined && second === undefined) return only;
  throw new StewardError('invalid_input', `expected key=value pairs, or one value: ${words.join(' ')}`);
}

export function answerCommand(): Command {
  return apiCommand<object>('answer', 'Answer a question', async ({ api, json }, args) => {
    const [, ...words] = args;
    const receipt = await api.answerRequest({ requestId: required(args, 0), value: readAnswer(words) });
    if (json) printJson(receipt);
    else note(receipt.duplicate ? 'Taken already.' : 'Answered.');
  })
    .argument('<request>', 'id of the request')
    .argument('<value...>', 'key=value for each question, or just the value when there is one');
}
