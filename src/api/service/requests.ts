import { StewardError, invalidInput } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import type { MessageReceipt } from '../../contract/messages.ts';
import { chooseOperations } from '../../contract/proposal.ts';
import { checkAnswers } from '../../contract/request.ts';
import { readOutlines, storeChoice } from '../../db/runs/proposal-choices.ts';
import type { RequestView } from '../../contract/views.ts';
import type { DecideParams, MessageOptions, Page } from '../runs-api.ts';
import type { CallContext } from './context.ts';
import { notFound, requireId } from './ids.ts';
import { decodeCursor, pageSize, toPage } from './paging.ts';
import { findRun } from './runs/find.ts';
import type { Tx } from './runs/find.ts';
import { sendMessage } from './runs/messages.ts';
import { requestView } from './runs/views.ts';
import { requireAnyScope, requireScope } from './scopes.ts';
import { sql } from 'kysely';

function selectRequests(tx: Tx) {
  return tx
    .selectFrom('run_requests')
    .innerJoin('agentic_workflows', 'agentic_workflows.id', 'run_requests.run_id')
    .selectAll('run_requests')
    .select('agentic_workflows.name as run_name');
}

type RequestFilter = {
  readonly open?: boolean;
  readonly runId?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

/** What waits (or waited) for a person, newest first. */
export async function listRequests(context: CallContext, filter: RequestFilter): Promise<Page<RequestView>> {
  requireAnyScope(context.caller, ['runs', 'decide']);
  const { open, runId, cursor } = filter;
  const size = pageSize(filter.limit);
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = await context.database.asUser(context.caller.userId, async (tx) => {
    if (runId !== undefined) await findRun(tx, runId);
    let query = selectRequests(tx);
    if (runId !== undefined) query = query.where('run_requests.run_id', '=', runId);
    if (open !== undefined) query = query.where('run_requests.status', open ? '=' : '<>', 'open');
    if (after !== null) {
      query = query.where(
        sql<boolean>`(run_requests.created_at, run_requests.id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
      );
    }
    return await query
      .orderBy('run_requests.created_at', 'desc')
      .orderBy('run_requests.id', 'desc')
      .limit(size + 1)
      .execute();
  });
  return toPage(rows, size, { view: requestView, place: (row) => ({ at: row.created_at, id: row.id }) });
}

async function readRequest(context: CallContext, requestId: string) {
  requireId('request', requestId);
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const request = await selectRequests(tx).where('run_requests.id', '=', requestId).executeTakeFirst();
    if (request === undefined) throw notFound('request', requestId);
    return request;
  });
}

type RequestRow = Awaited<ReturnType<typeof readRequest>>;

function alreadyClosed(request: RequestRow): StewardError {
  const { status, answered_by: by, closed_at: at } = request;
  const how = status === 'answered' ? `answered already${by === null ? '' : ` by ${by}`}` : status;
  const message = `This request is ${how}${at === null ? '' : `, at ${at}`}.`;
  return new StewardError('conflict', message, { details: { requestId: request.id, status, by, at } });
}

const closing: ReadonlySet<ErrorCode> = new Set(['no_open_request', 'run_finished', 'stale_digest']);

// A closed request is a conflict, but to the second copy of the message that closed it.
function receiptOf(request: RequestRow, messageId: string | undefined): MessageReceipt {
  if (messageId === undefined || request.message_id !== messageId) throw alreadyClosed(request);
  return { accepted: true, duplicate: true };
}

/**
 * Sends to the run of a request. Throws `conflict` when somebody else has closed it, before or meanwhile; a copy of the
 * message that did is as good as taken, whether the run goes on or has ended.
 */
async function sendFor(
  context: CallContext,
  request: RequestRow,
  message: {
    readonly name: 'answer' | 'decide';
    readonly messageId: string | undefined;
    readonly payload: Readonly<Record<string, Json>>;
  },
): Promise<MessageReceipt> {
  const { name, messageId, payload } = message;
  if (request.status !== 'open') return receiptOf(request, messageId);
  try {
    return await sendMessage(context, {
      runId: request.run_id,
      name,
      messageId,
      payload: { requestId: request.id, ...payload },
    });
  } catch (error) {
    if (!(error instanceof StewardError) || !closing.has(error.code)) throw error;
    const now = await readRequest(context, request.id);
    if (now.status === 'open') throw error;
    return receiptOf(now, messageId);
  }
}

/** Answers a clarification, budget question or confirmation. Throws `invalid_input` for each wrong answer. */
export async function answerRequest(
  context: CallContext,
  params: { readonly requestId: string; readonly value: Json } & MessageOptions,
): Promise<MessageReceipt> {
  requireScope(context.caller, 'decide');
  const request = await readRequest(context, params.requestId);
  if (request.kind === 'approval') {
    throw new StewardError('conflict', 'This request is an approval: decide it instead of answering it.', {
      details: { requestId: request.id, kind: request.kind },
    });
  }
  const checked = checkAnswers(request.questions, params.value);
  if (request.status === 'open' && !checked.ok) throw invalidInput(checked.problems);
  return await sendFor(context, request, {
    name: 'answer',
    messageId: params.messageId,
    payload: { value: params.value },
  });
}

// A message may have 60,000 characters (`take.ts`); a person's comment needs room beside the ids.
const mostIdChars = 20_000;

/**
 * The operations that are accepted, as the run takes them: named as they were, or stored when that is too long for a
 * message. Throws `invalid_input` for a choice that does not hold.
 */
async function choiceFor(
  context: CallContext,
  request: RequestRow,
  { operations, except }: Pick<DecideParams, 'operations' | 'except'>,
): Promise<Readonly<Record<string, Json>>> {
  const wanted = {
    ...(operations === undefined ? {} : { operations }),
    ...(except === undefined ? {} : { except }),
  };
  const { proposal_id: proposalId, user_id: userId } = request;
  if (proposalId === null || request.status !== 'open' || Object.keys(wanted).length === 0) return wanted;
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const outlines = await readOutlines(tx, proposalId);
    const chosen = chooseOperations(outlines, wanted);
    if (!chosen.ok) throw invalidInput(chosen.problems);
    if (JSON.stringify(wanted).length <= mostIdChars) return wanted;
    const { choiceId } = await storeChoice(tx, { userId, proposalId, outlines, accepted: chosen.value });
    return choiceId === null ? {} : { choiceId };
  });
}

/** Approves a proposal, whole or in part, or rejects it. Throws `stale_digest` when it is not the one that was looked at. */
export async function decideRequest(
  context: CallContext,
  params: DecideParams & MessageOptions,
): Promise<MessageReceipt> {
  requireScope(context.caller, 'decide');
  const { requestId, messageId, decision, comment, digest } = params;
  const request = await readRequest(context, requestId);
  if (request.kind !== 'approval') {
    throw new StewardError('conflict', `This request is a ${request.kind}: answer it instead of deciding it.`, {
      details: { requestId, kind: request.kind },
    });
  }
  if (request.status === 'open') {
    if (digest !== undefined && digest !== request.digest) {
      const details = { expected: request.digest, given: digest };
      throw new StewardError('stale_digest', 'The proposal has changed since: look at it again.', { details });
    }
  }
  const payload = {
    decision,
    ...(decision === 'reject' ? {} : await choiceFor(context, request, params)),
    ...(comment === undefined ? {} : { comment }),
    ...(digest === undefined ? {} : { digest }),
  };
  return await sendFor(context, request, { name: 'decide', messageId, payload });
}
