import { WorkflowNotFoundError } from '@temporalio/common';
import type { StewardApi } from '../../src/api/steward-api.ts';
import { StewardError } from '../../src/contract/errors.ts';
import type { Json } from '../../src/contract/json.ts';
import type { MessageReceipt } from '../../src/contract/messages.ts';
import type { RequestView } from '../../src/contract/views.ts';
import { handleOf, signal, update } from './runs.ts';
import type { Message } from './runs.ts';
import type { TestSteward } from './steward.ts';

/** What a person says to a run. */
export type Words =
  | { readonly kind: 'answer'; readonly request: RequestView; readonly value: Json }
  | {
      readonly kind: 'decide';
      readonly request: RequestView;
      readonly decision: 'approve' | 'reject';
      readonly operations?: readonly string[];
      readonly comment?: string;
    }
  | { readonly kind: 'cancel'; readonly runId: string };

/** What became of it: `taken`, `known` (said before), or the code of a refusal. Of a signal nobody hears: `sent`. */
export type Heard = string;

/** Says something under a message id. */
export type Way = (words: Words, messageId: string) => Promise<Heard>;

async function send(api: StewardApi, words: Words, messageId: string): Promise<MessageReceipt> {
  if (words.kind === 'cancel') return await api.cancelRun({ runId: words.runId, messageId });
  const requestId = words.request.id;
  if (words.kind === 'answer') return await api.answerRequest({ requestId, value: words.value, messageId });
  const { kind: _kind, request: _request, ...decision } = words;
  return await api.decideRequest({ requestId, ...decision, messageId });
}

/** By an API: the service itself, or its client over HTTP. */
export function byApi(api: StewardApi): Way {
  return async (words, messageId) => {
    try {
      return (await send(api, words, messageId)).duplicate ? 'known' : 'taken';
    } catch (error) {
      if (error instanceof StewardError) return error.code;
      throw error;
    }
  };
}

type Tell = (runId: string, message: Message) => Promise<Heard>;

/** Straight to the workflow, as the `temporal` command does. */
function byTemporal(steward: TestSteward, tell: Tell): Way {
  return async (words, messageId) => {
    try {
      if (words.kind === 'cancel') {
        await handleOf(steward, words.runId).cancel();
        return 'sent';
      }
      const { kind, request, ...rest } = words;
      return await tell(request.runId, { [kind]: { requestId: request.id, ...rest, messageId } });
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'run_finished';
      throw error;
    }
  };
}

export function byUpdate(steward: TestSteward): Way {
  return byTemporal(steward, async (runId, message) => {
    const answer = (await update(steward, runId, message)) as { readonly refused?: string; readonly duplicate?: true };
    return answer.refused ?? (answer.duplicate === true ? 'known' : 'taken');
  });
}

export function bySignal(steward: TestSteward): Way {
  return byTemporal(steward, async (runId, message) => {
    await signal(steward, runId, message);
    return 'sent';
  });
}
