import type { Selectable, Transaction } from 'kysely';
import { StewardError } from '../contract/errors.ts';
import type { Json } from '../contract/json.ts';
import type { Tables } from './tables.ts';
import type { EffectsTable } from './tables/effect-tables.ts';
import { jsonOrNull } from './values.ts';

export type ClaimEffect = {
  readonly key: string;
  readonly runId: string;
  readonly userId: string;
  readonly stepNumber: number | null;
  readonly name: string;
  /** Of what the effect does: the same key for anything else is an error. */
  readonly requestHash: string;
  /** Never lower than that of an earlier try. */
  readonly attempt: number;
};
export type EffectClaim =
  | { readonly kind: 'claimed'; readonly previous: 'none' | 'started' | 'failed' }
  | { readonly kind: 'done'; readonly result: Json };

function rowOf(claim: ClaimEffect) {
  return {
    key: claim.key,
    run_id: claim.runId,
    user_id: claim.userId,
    step_number: claim.stepNumber,
    name: claim.name,
    request_hash: claim.requestHash,
    attempt: claim.attempt,
  };
}

async function insertClaim(tx: Transaction<Tables>, claim: ClaimEffect): Promise<boolean> {
  const inserted = await tx
    .insertInto('effects')
    .values(rowOf(claim))
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst();
  return inserted !== undefined;
}

function staleAttempt(name: string): StewardError {
  return new StewardError('stale_attempt', `A later attempt of ${name} has taken over.`);
}

function checkClaim(row: Selectable<EffectsTable>, claim: ClaimEffect): void {
  if (row.request_hash !== claim.requestHash)
    throw new StewardError('conflict', `${claim.name} was started before with another request under the same key.`);
  if (row.status === 'done') return;
  if (claim.attempt < row.attempt) throw staleAttempt(claim.name);
  if (row.status === 'unknown')
    throw new StewardError('unknown_outcome', `Nobody knows whether ${claim.name} happened, so it is not tried again.`);
}

/**
 * Claims an effect for this attempt, or returns the result it had. The row stays locked until the end of the transaction:
 * an effect on the database itself is claimed, done and finished in one. `previous: 'started'` says that an earlier
 * attempt may have acted: look before acting again.
 * Throws `stale_attempt` for an older attempt, `conflict` for another request under the key, `unknown_outcome` where the
 * effect was given up as unknown.
 */
export async function claimEffect(tx: Transaction<Tables>, claim: ClaimEffect): Promise<EffectClaim> {
  if (await insertClaim(tx, claim)) return { kind: 'claimed', previous: 'none' };
  const row = await tx.selectFrom('effects').selectAll().where('key', '=', claim.key).forUpdate().executeTakeFirst();
  if (row === undefined) throw new StewardError('conflict', `The key of ${claim.name} belongs to somebody else.`);
  checkClaim(row, claim);
  if (row.status === 'done') return { kind: 'done', result: row.result };
  await tx
    .updateTable('effects')
    .set({ status: 'started', attempt: claim.attempt, started_at: new Date(), finished_at: null, error: null })
    .where('key', '=', claim.key)
    .execute();
  return { kind: 'claimed', previous: row.status === 'failed' ? 'failed' : 'started' };
}

/**
 * Adds effects that were done in this same transaction. Returns how many of them were new: fewer than given when a key was
 * claimed before, and then the transaction must not commit them.
 */
export async function insertDone(
  tx: Transaction<Tables>,
  effects: readonly (ClaimEffect & { readonly result: Json })[],
): Promise<number> {
  if (effects.length === 0) return 0;
  const rows = effects.map((effect) => ({
    ...rowOf(effect),
    status: 'done' as const,
    result: jsonOrNull(effect.result),
    finished_at: new Date(),
  }));
  const inserted = await tx
    .insertInto('effects')
    .values(rows)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .execute();
  return inserted.length;
}

export type FinishEffect = {
  readonly key: string;
  readonly attempt: number;
  readonly status: 'done' | 'unknown' | 'failed';
  readonly result?: Json;
  readonly error?: Json;
};

/**
 * Records how an effect ended, in the same transaction as the rows it wrote. Throws `stale_attempt` when a later attempt
 * has claimed the effect or it has ended already.
 */
export async function finishEffect(tx: Transaction<Tables>, finish: FinishEffect): Promise<void> {
  const finished = await tx
    .updateTable('effects')
    .set({
      status: finish.status,
      result: jsonOrNull(finish.result),
      error: jsonOrNull(finish.error),
      finished_at: new Date(),
    })
    .where('key', '=', finish.key)
    .where('attempt', '=', finish.attempt)
    .where('status', '=', 'started')
    .returning('key')
    .executeTakeFirst();
  if (finished === undefined) throw staleAttempt('the effect');
}
