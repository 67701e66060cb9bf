import type { JsonObject } from '../../../src/contract/json.ts';
import { json } from '../../../src/db/values.ts';
import { derivedId } from '../../support/digest.ts';
import type { Tx } from '../../support/transaction.ts';

/** Something a person is told. The same `key` is told once. */
export type Telling = {
  readonly key: string;
  readonly eventType: string;
  readonly userId: string;
  readonly correlationId: string;
  readonly payload: JsonObject;
  readonly at: string;
};

/** One notification with its in-app delivery, in the transaction of what it is about. */
export async function tellPerson(tx: Tx, telling: Telling): Promise<void> {
  const { key, eventType, userId, correlationId, payload, at } = telling;
  const eventId = derivedId(`notification:${key}`);
  await tx
    .insertInto('notification_events')
    .values({
      id: eventId,
      event_type: eventType,
      event_source: 'worker_job',
      target_user_id: userId,
      payload: json(payload),
      correlation_id: correlationId,
      created_at: at,
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
      correlation_id: correlationId,
      attempts: 1,
      sent_at: at,
      delivered_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
