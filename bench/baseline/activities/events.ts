import { sql } from 'kysely';
import type { RunRef } from '../../../src/contract/run.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import { json } from '../../../src/db/values.ts';
import { eventChannel } from '../../../src/db/runs/run-events.ts';
import type { Tx } from '../../../activities/support/transaction.ts';

type NewEvent = { readonly type: string; readonly data: JsonObject; readonly columns?: object };

/** Adds an event and changes columns of the run's row, in three statements: nothing checks whether it was done before. */
export async function addEvent(tx: Tx, run: RunRef, event: NewEvent): Promise<void> {
  const { runId, userId } = run;
  const row = await tx
    .updateTable('agentic_workflows')
    .set((old) => ({ event_seq: old('event_seq', '+', 1), ...event.columns }))
    .where('id', '=', runId)
    .returning('event_seq')
    .executeTakeFirstOrThrow();
  const seq = row.event_seq;
  await tx
    .insertInto('run_events')
    .values({ run_id: runId, user_id: userId, seq, change_key: `e${seq}`, type: event.type, data: json(event.data) })
    .execute();
  await sql`select pg_notify(${eventChannel}, ${JSON.stringify({ runId, userId, seq })})`.execute(tx);
}

/** The person's notification and its delivery: two rows, as in Steward. */
export async function notify(tx: Tx, run: RunRef, type: string): Promise<void> {
  const { runId, userId } = run;
  const event = await tx
    .insertInto('notification_events')
    .values({
      event_type: type,
      event_source: 'worker_job',
      target_user_id: userId,
      payload: json({ runId }),
      correlation_id: runId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('notification_deliveries')
    .values({
      event_id: event.id,
      recipient_user_id: userId,
      channel: 'in_app',
      status: 'delivered',
      payload: json({ runId }),
      correlation_id: runId,
      attempts: 1,
    })
    .execute();
}
