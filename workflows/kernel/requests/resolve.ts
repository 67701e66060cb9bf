import type { Json } from '../../../src/contract/json.ts';
import { record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import type { OpenRequest, Resolution, Sender } from '../state/run-state.ts';
import { refreshStatus } from '../state/visibility.ts';

function answerOf(resolution: Resolution | null): Json {
  if (resolution?.kind === 'answers') return resolution.answers;
  if (resolution?.kind !== 'decision') return null;
  const { kind, operations, choice } = resolution.decision;
  return { decision: kind, operations, ...(choice === undefined ? {} : { choice }) };
}

const steward: Sender = { by: 'steward' };

function noteClosed(context: RunContext, request: OpenRequest, status: 'answered' | 'expired' | 'withdrawn'): void {
  const { requestId, resolution } = request;
  const comment = resolution?.kind === 'decision' ? resolution.decision.comment : null;
  const sender: Sender = resolution === null || resolution.kind === 'expired' ? steward : resolution;
  const { by, messageId } = sender;
  const closed = { type: 'request.closed', requestId, status, answer: answerOf(resolution), comment, by } as const;
  record(context, { ...closed, ...(messageId === undefined ? {} : { messageId }) });
  refreshStatus(context);
}

/** Ends a request. Noted at once: whoever answered and then looks must not find it open still. */
export function resolve(context: RunContext, request: OpenRequest, resolution: Resolution): void {
  request.resolution = resolution;
  noteClosed(context, request, resolution.kind === 'expired' ? 'expired' : 'answered');
}

/** Forgets a request whose outcome the body has taken. */
export function forget(context: RunContext, { requestId }: OpenRequest): void {
  const { [requestId]: _closed, ...others } = context.state.requests;
  context.state.requests = others;
}

/** Takes a request back: the run ends and nobody will look at an answer. */
export function withdraw(context: RunContext, request: OpenRequest): void {
  forget(context, request);
  if (request.resolution === null) noteClosed(context, request, 'withdrawn');
}
