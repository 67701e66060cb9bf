import { sql } from 'kysely';
import type { Selectable, Transaction } from 'kysely';
import type { JsonObject } from '../contract/json.ts';
import type { Tables } from './tables.ts';
import type { OutboxTable } from './tables/effect-tables.ts';
import { json } from './values.ts';

/** The channel that is notified when a row is put into the outbox. */
export const outboxChannel = 'steward_outbox';

export type OutboxRow = Selectable<OutboxTable>;
export type Enqueue = {
  /** Null when the message is about no run. */
  readonly runId: string | null;
  readonly userId: string;
  readonly kind: string;
  readonly payload: JsonObject;
  /** ISO 8601; at once when left out. */
  readonly notBefore?: string;
};

/** Puts a message into the outbox, in the transaction that makes it necessary. Returns its id. */
export async function enqueue(tx: Transaction<Tables>, message: Enqueue): Promise<number> {
  const { id } = await tx
    .insertInto('outbox')
    .values({
      run_id: message.runId,
      user_id: message.userId,
      kind: message.kind,
      payload: json(message.payload),
      ...(message.notBefore === undefined ? {} : { next_attempt_at: message.notBefore }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`select pg_notify(${outboxChannel}, '')`.execute(tx);
  return id;
}

/**
 * Takes up to `limit` due messages, oldest first, and hides them from others for `leaseMs`: a dispatcher that dies gives
 * them back by itself. Dispatchers side by side never take the same one. `attempts` counts this try.
 */
export async function claimOutbox(
  tx: Transaction<Tables>,
  params: { readonly limit: number; readonly leaseMs: number },
): Promise<OutboxRow[]> {
  const due = tx
    .selectFrom('outbox')
    .select('id')
    .where('done_at', 'is', null)
    .where('next_attempt_at', '<=', sql<string>`now()`)
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(params.limit)
    .forUpdate()
    .skipLocked();
  const rows = await tx
    .with('due', () => due)
    .updateTable('outbox')
    .from('due')
    .whereRef('outbox.id', '=', 'due.id')
    .set((row) => ({
      attempts: row('outbox.attempts', '+', 1),
      next_attempt_at: sql<string>`now() + make_interval(secs => ${params.leaseMs / 1000})`,
    }))
    .returningAll('outbox')
    .execute();
  return rows.sort((one, other) => one.id - other.id);
}

/** Marks a message as delivered. */
export async function finishOutbox(tx: Transaction<Tables>, params: { readonly id: number }): Promise<void> {
  await tx.updateTable('outbox').set({ done_at: new Date(), last_error: null }).where('id', '=', params.id).execute();
}

const firstDelayMs = 500;
const longestDelayMs = 60_000;

/** How long to wait after the `attempts`th failed try, in ms: doubling from half a second to a minute. */
export function outboxDelayMs(attempts: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(Math.max(attempts - 1, 0), 20));
}

/** Puts a message back after a failed try, to be due again after `outboxDelayMs`. */
export async function retryOutbox(
  tx: Transaction<Tables>,
  params: { readonly id: number; readonly attempts: number; readonly error: string },
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({
      last_error: params.error.slice(0, 2_000),
      next_attempt_at: sql<string>`now() + make_interval(secs => ${outboxDelayMs(params.attempts) / 1000})`,
    })
    .where('id', '=', params.id)
    .where('done_at', 'is', null)
    .execute();
}
