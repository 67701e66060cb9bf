import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { StewardError } from '../contract/errors.ts';
import type { Json } from '../contract/json.ts';
import type { Tables } from './tables.ts';
import { json } from './values.ts';

export type BeginIdempotent = {
  readonly userId: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** Of the request's body. */
  readonly requestHash: string;
};
export type IdempotentStart =
  { readonly kind: 'new' } | { readonly kind: 'done'; readonly status: number; readonly response: Json };

// A process that died between begin and finish must not block its key for ever.
const takeoverAfter = sql`now() - interval '1 minute'`;

async function takeOver(tx: Transaction<Tables>, begin: BeginIdempotent): Promise<boolean> {
  const taken = await tx
    .updateTable('idempotency_keys')
    .set({ created_at: sql<string>`now()` })
    .where('user_id', '=', begin.userId)
    .where('key', '=', begin.key)
    .where('status', 'is', null)
    .where('created_at', '<', sql<string>`${takeoverAfter}`)
    .returning('key')
    .executeTakeFirst();
  return taken !== undefined;
}

/**
 * Says whether a request is new under its key or what was answered before. Of two requests at once the second waits for
 * the first one's transaction. Throws `idempotency_conflict` when the key was used for another request, `conflict` while
 * the first one is still being worked on.
 */
export async function beginIdempotent(tx: Transaction<Tables>, begin: BeginIdempotent): Promise<IdempotentStart> {
  const inserted = await tx
    .insertInto('idempotency_keys')
    .values({
      user_id: begin.userId,
      key: begin.key,
      method: begin.method,
      path: begin.path,
      request_hash: begin.requestHash,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (inserted !== undefined) return { kind: 'new' };
  const row = await tx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('user_id', '=', begin.userId)
    .where('key', '=', begin.key)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return { kind: 'new' };
  if (row.method !== begin.method || row.path !== begin.path || row.request_hash !== begin.requestHash) {
    throw new StewardError(
      'idempotency_conflict',
      'This Idempotency-Key was used for another request: use a new one for each.',
    );
  }
  if (row.status !== null) return { kind: 'done', status: row.status, response: row.response };
  if (await takeOver(tx, begin)) return { kind: 'new' };
  throw new StewardError(
    'conflict',
    'The first request with this Idempotency-Key is still being worked on: try again in a moment.',
  );
}

/** Keeps the answer for the next request with the key. */
export async function finishIdempotent(
  tx: Transaction<Tables>,
  finish: { readonly userId: string; readonly key: string; readonly status: number; readonly response: Json },
): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ status: finish.status, response: json(finish.response) })
    .where('user_id', '=', finish.userId)
    .where('key', '=', finish.key)
    .execute();
}

/** Frees the key of a request that failed and may be sent again. */
export async function abandonIdempotent(
  tx: Transaction<Tables>,
  params: { readonly userId: string; readonly key: string },
): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('user_id', '=', params.userId)
    .where('key', '=', params.key)
    .where('status', 'is', null)
    .execute();
}

/** Forgets keys older than `before` (ISO 8601). Returns how many. */
export async function forgetIdempotent(tx: Transaction<Tables>, params: { readonly before: string }): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', params.before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
