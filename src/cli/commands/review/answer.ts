import type { Command } from 'commander';
import type { Json } from '../../../contract/json.ts';
import type { RequestView } from '../../../contract/views.ts';
import { askQuestions } from '../../ask/questions.ts';
import { apiCommand, id } from '../../command.ts';
import type { Session } from '../../command.ts';
import { splitPair } from '../../flags.ts';
import { note, printJson } from '../../text/output.ts';
import { describeQuestions } from '../../text/request-text.ts';
import { UsageError } from '../../usage-error.ts';
import { findRequest } from './find-request.ts';

/** `key=value` pairs as an object; words without a key are the answer to the only question. */
export function readAnswer(words: readonly string[], request: RequestView): Json {
  const [only, ...others] = request.questions;
  const isPair = (word: string): boolean => request.questions.some(({ key }) => word.startsWith(`${key}=`));
  // The text of an only answer may hold a "=" of its own.
  if (only !== undefined && others.length === 0 && !words.some(isPair)) return words.join(' ');
  return Object.fromEntries(words.map((word) => splitPair(word, 'value')));
}

async function valueOf(
  { terminal }: Session,
  words: readonly string[],
  { request, defaults }: { readonly request: RequestView; readonly defaults: boolean },
): Promise<Json> {
  if (words.length > 0) return readAnswer(words, request);
  if (defaults) return {};
  if (terminal !== null) return await askQuestions(terminal, request.questions);
  throw new UsageError(`missing required argument 'value': key=value for each of\n${describeQuestions(request)}`);
}

export function answerCommand(): Command {
  return apiCommand<{ readonly defaults?: boolean }>({
    name: 'answer',
    description: 'Answer what a run asks; without values, on a terminal, one question after the other',
    example: 'steward answer 5a2fb8ca-ff30-4c78-b4b3-a797eba8f89a deadline=2027-02-01 hours_per_week=6',
    run: async (session, args, { defaults = false }) => {
      const [given, ...words] = args;
      const request = await findRequest(session, given, 'answered');
      const value = await valueOf(session, words, { request, defaults });
      const receipt = await session.api.answerRequest({ requestId: request.id, value });
      if (session.json) printJson(receipt);
      else note(receipt.duplicate ? 'Taken already.' : 'Answered.');
    },
  })
    .argument('[request]', 'id of the request, or of its run', id)
    .argument('[value...]', 'key=value for each question, or just the value when there is one')
    .option('--defaults', 'take the default of every question');
}
