import type { RunChange } from '../../../src/contract/events.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { json } from '../../../src/db/values.ts';
import { derivedId } from '../../support/digest.ts';
import type { Tx } from '../../support/transaction.ts';
import type { LockedRun } from './run-lock.ts';

function payloadOf(run: LockedRun, { event }: RunChange): JsonObject | null {
  const about = { runId: run.ref.runId, runName: run.name };
  switch (event.type) {
    case 'request.opened': {
      const { requestId, kind, title, deadline } = event.request;
      return { ...about, requestId, kind, title, deadline };
    }
    case 'request.reminded':
      return { ...about, requestId: event.requestId, escalated: event.escalated, deadline: event.deadline };
    case 'run.finished':
      return { ...about, status: event.status, outcome: event.outcome, errorCode: event.errorCode };
    default:
      return null;
  }
}

/** Tells the run's person of what concerns them: one notification with its in-app delivery, once per change. */
export async function notify(tx: Tx, run: LockedRun, change: RunChange): Promise<void> {
  const payload = payloadOf(run, change);
  if (payload === null) return;
  const { runId, userId } = run.ref;
  const eventId = derivedId(`notification:${runId}:${String(run.epoch)}:${change.key}`);
  await tx
    .insertInto('notification_events')
    .values({
      id: eventId,
      event_type: change.event.type,
      event_source: 'worker_job',
      target_user_id: userId,
      payload: json(payload),
      correlation_id: runId,
      created_at: change.at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await tx
    .insertInto('notification_deliveries')
    .values({
      id: derivedId(`delivery:in_app:${eventId}`),
      event_id: eventId,
      recipient_user_id: userId,
      channel: 'in_app',
      // It is delivered by being there: whoever watches the run's events reads it.
      status: 'delivered',
      payload: json(payload),
      correlation_id: runId,
      attempts: 1,
      sent_at: change.at,
      delivered_at: change.at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
