import { insertDone } from '../../../src/db/effects.ts';
import { StewardError } from '../../../src/contract/errors.ts';
import { assertNotCancelled } from '../../support/effect-key.ts';
import { inSavepoint } from '../../support/transaction.ts';
import type { Tx } from '../../support/transaction.ts';
import { asJson } from '../../support/json-value.ts';
import { onlyOne } from '../operations/executor.ts';
import { claimOf } from './apply-one.ts';
import type { Applying, Execute } from './apply-one.ts';
import { markApplied } from './mark.ts';
import type { StoredOperation } from './stored-proposal.ts';

/** Thrown to leave it to the careful way; it never gets out of this file. */
class NotTogether extends Error {}

/**
 * Does operations that nothing stands against, in order, those of a kind in one statement, and so their ledger rows and
 * outcomes: a plan has some fifty operations, and five statements each were most of what applying it cost. Returns false,
 * with nothing done, when one of them fails or was done before: then they are to be done one by one.
 */
export async function applyTogether(
  tx: Tx,
  applying: Applying,
  work: { readonly chosen: readonly StoredOperation[]; readonly execute: Execute },
): Promise<boolean> {
  try {
    await inSavepoint(tx, async () => await doAll(tx, applying, work));
    return true;
  } catch (error) {
    if (error instanceof NotTogether) return false;
    throw error;
  }
}

async function doAll(tx: Tx, applying: Applying, work: Parameters<typeof applyTogether>[2]): Promise<void> {
  const executed = await executeOr(async () => await work.execute.all(work.chosen));
  const done = work.chosen.map(({ operation }, index) => {
    const { result, undo } = onlyOne(executed.slice(index, index + 1));
    return { claim: claimOf(applying, operation), operationId: operation.id, result, undo };
  });
  assertNotCancelled();
  const effects = done.map(({ claim, result, undo }) => ({ ...claim, result: asJson({ result, undo }) }));
  if ((await insertDone(tx, effects)) < effects.length) throw new NotTogether();
  await markApplied(tx, applying.params.proposalId, done);
}

// Whether the failure is the operation's own or the database's shows when it is done alone.
async function executeOr<T>(execute: () => Promise<T>): Promise<T> {
  try {
    return await execute();
  } catch (error) {
    if (error instanceof StewardError && error.code === 'internal') throw error;
    throw new NotTogether('', { cause: error });
  }
}
