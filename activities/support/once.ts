import { claimEffect, finishEffect } from '../../src/db/effects.ts';
import type { ClaimEffect } from '../../src/db/effects.ts';
import { assertNotCancelled } from './effect-key.ts';
import { asJson } from './json-value.ts';
import type { Tx } from './transaction.ts';

/**
 * Does an effect on the database once by its key: a claim that was finished before gives the result it had. Claim, work
 * and result are one transaction. Throws `stale_attempt` to an attempt that a later one has taken over from, and
 * `conflict` for another request under the key.
 */
export async function once<Result extends object>(
  tx: Tx,
  claim: ClaimEffect,
  work: () => Promise<Result>,
): Promise<Result> {
  const claimed = await claimEffect(tx, claim);
  // The key names what its result is: only this same work stores a result under it.
  if (claimed.kind === 'done') return claimed.result as unknown as Result;
  const result = await work();
  // All is done and nothing is committed: a worker that was stopped meanwhile must not commit.
  assertNotCancelled();
  await finishEffect(tx, { key: claim.key, attempt: claim.attempt, status: 'done', result: asJson(result) });
  return result;
}
