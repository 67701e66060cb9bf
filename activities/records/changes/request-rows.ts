import type { RequestOpened, RunEvent } from '../../../src/contract/events.ts';
import { answerSchema, defaultAnswers } from '../../../src/contract/request.ts';
import type { WaitingOn } from '../../../src/contract/run.ts';
import { json, jsonOrNull } from '../../../src/db/values.ts';
import type { Tx } from '../../support/transaction.ts';
import type { LockedRun } from './run-lock.ts';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

/** Writes a request that was opened. Its schema lets any client draw a form. */
export async function writeRequestOpened(
  tx: Tx,
  run: LockedRun,
  opened: { readonly request: RequestOpened; readonly at: string },
): Promise<void> {
  const { request, at } = opened;
  const asked = request.questions.length > 0;
  await tx
    .insertInto('run_requests')
    .values({
      id: request.requestId,
      run_id: run.ref.runId,
      user_id: run.ref.userId,
      kind: request.kind,
      title: request.title,
      body: request.body,
      questions: json(request.questions),
      schema: asked ? json(answerSchema(request.questions)) : null,
      default_value: asked ? jsonOrNull(defaultAnswers(request.questions)) : null,
      proposal_id: request.proposalId,
      digest: request.digest,
      deadline: request.deadline,
      remind_at: request.remindAt,
      on_deadline: request.onDeadline,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function writeRequestReminded(
  tx: Tx,
  run: LockedRun,
  reminded: { readonly event: EventOf<'request.reminded'>; readonly at: string },
): Promise<void> {
  const { event, at } = reminded;
  await tx
    .updateTable('run_requests')
    .set({ reminded_at: at, remind_at: null, deadline: event.deadline })
    .where('id', '=', event.requestId)
    .where('run_id', '=', run.ref.runId)
    .where('status', '=', 'open')
    .execute();
}

/** A pause moves the deadline of what the run waits for. */
export async function writeDeadline(tx: Tx, run: LockedRun, waitingOn: WaitingOn | null): Promise<void> {
  if (waitingOn === null) return;
  await tx
    .updateTable('run_requests')
    .set({ deadline: waitingOn.deadline })
    .where('id', '=', waitingOn.id)
    .where('run_id', '=', run.ref.runId)
    .where('status', '=', 'open')
    .execute();
}

export async function writeRequestClosed(
  tx: Tx,
  run: LockedRun,
  closed: { readonly event: EventOf<'request.closed'>; readonly at: string },
): Promise<void> {
  const { event, at } = closed;
  await tx
    .updateTable('run_requests')
    .set({
      status: event.status,
      answer: jsonOrNull(event.answer),
      comment: event.comment,
      answered_by: event.status === 'answered' ? event.by : null,
      message_id: event.messageId ?? null,
      closed_at: at,
    })
    .where('id', '=', event.requestId)
    .where('run_id', '=', run.ref.runId)
    .where('status', '=', 'open')
    .execute();
}

/** Closes what a finished run left open: nobody can answer it any more. */
export async function withdrawRequests(tx: Tx, run: LockedRun, at: string): Promise<void> {
  await tx
    .updateTable('run_requests')
    .set({ status: 'withdrawn', closed_at: at })
    .where('run_id', '=', run.ref.runId)
    .where('status', '=', 'open')
    .execute();
}
