import type { ActivityDeps } from '../../deps.ts';
import { assertNotCancelled } from '../../support/effect-key.ts';
import { tellProgress } from '../../support/progress.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Undone, UndoParams } from '../api.ts';
import type { UndoOutcome } from '../operations/executor.ts';
import { addEvents, writeChanges } from '../project-changes.ts';
import type { LockedRun } from '../project-changes.ts';
import { markOperation, markUndone } from './mark.ts';
import { appliedNeeding, nextToUndo } from './operation-rows.ts';
import type { FamilyName } from './operation-rows.ts';
import { lockProposal } from './stored-proposal.ts';
import type { StoredOperation, StoredProposal } from './stored-proposal.ts';
import { countOperations, tallyUndone } from './tally.ts';

export type UndoingFamily = {
  readonly name: FamilyName;
  readonly undo: (tx: Tx, params: UndoParams, stored: StoredOperation) => Promise<UndoOutcome>;
};

// Above every position: the column is an int.
const behindAll = 2_147_483_647;

// As many as are applied in one transaction (apply-family.ts).
const batchSize = 500;

/** Undoes a batch, newest first. Something that was kept still needs what it was built on. */
async function undoBatch(
  tx: Tx,
  params: UndoParams,
  work: { readonly family: UndoingFamily; readonly batch: readonly StoredOperation[] },
): Promise<void> {
  const { proposalId } = params;
  const needing = await appliedNeeding(tx, { proposalId, operations: work.batch });
  const undone = new Set<string>();
  for (const stored of work.batch) {
    const operationId = stored.operation.id;
    const needed = needing.get(operationId)?.find((id) => !undone.has(id));
    const outcome: UndoOutcome =
      needed === undefined
        ? await work.family.undo(tx, params, stored)
        : { undone: false, reason: `${needed} was kept and needs it.` };
    if (outcome.undone) undone.add(operationId);
    else await markOperation(tx, { proposalId, operationId, status: 'applied', error: outcome.reason });
  }
  await markUndone(tx, proposalId, [...undone]);
}

/**
 * With nothing of it left applied the proposal is undone, also when nothing ever was: an attempt of its apply that was
 * stopped and comes back later then finds it so, and applies nothing.
 */
async function settleUndo(tx: Tx, of: { readonly proposal: StoredProposal; readonly at: string }): Promise<void> {
  const { proposalId, status } = of.proposal;
  if (status === 'rejected' || status === 'withdrawn' || status === 'undone') return;
  const operations = tx.updateTable('proposal_operations').where('proposal_id', '=', proposalId);
  const applied = await tx
    .selectFrom('proposal_operations')
    .select('operation_id')
    .where('proposal_id', '=', proposalId)
    .where('status', '=', 'applied')
    .limit(1)
    .executeTakeFirst();
  if (applied !== undefined) return;
  await operations
    .set({ status: 'skipped', error: 'The proposal was undone before this was applied.' })
    .where('status', 'in', ['proposed', 'accepted'])
    .execute();
  await tx.updateTable('proposals').set({ status: 'undone', undone_at: of.at }).where('id', '=', proposalId).execute();
}

type Telling = {
  readonly family: UndoingFamily;
  readonly params: UndoParams;
  readonly at: string;
};

async function announce(tx: Tx, run: LockedRun, { family, params, at }: Telling): Promise<Undone> {
  const { proposalId } = params;
  const counts = await countOperations(tx, proposalId);
  const undone = await tallyUndone(tx, { proposalId, counts, family: family.name });
  const { keptCount = 0 } = undone;
  if (undone.undone + keptCount === 0) return undone;
  const key = `undo:${family.name}:${undone.proposalId}:${String(undone.undone)}/${String(keptCount)}`;
  const data = { ...undone, family: family.name, reason: params.reason };
  await addEvents(tx, run, [{ key, type: 'proposal.undone', data, at }]);
  return undone;
}

async function tellWatchers(tx: Tx, run: LockedRun, { family, params, at }: Telling): Promise<{ undone: number }> {
  const { proposalId } = params;
  const counts = await countOperations(tx, proposalId);
  const { undone } = await tallyUndone(tx, { proposalId, counts, family: family.name });
  const data = { proposalId, family: family.name, doing: 'undo', done: undone };
  const key = `undo:${family.name}:${proposalId}:progress:${String(undone)}`;
  await addEvents(tx, run, [{ key, type: 'operations.progress', data, at }]);
  return { undone };
}

type Part = { readonly done: Undone } | { readonly before: number; readonly progress: { readonly undone: number } };

async function undoNext(tx: Tx, telling: Telling, before: number): Promise<Part> {
  const { family, params, at } = telling;
  const run = await writeChanges(tx, { run: params.run, changes: [] });
  const proposal = await lockProposal(tx, params);
  const { proposalId } = proposal;
  const batch = await nextToUndo(tx, { proposalId, family: family.name, size: batchSize, before });
  await undoBatch(tx, params, { family, batch });
  assertNotCancelled();
  const last = batch.at(-1);
  if (batch.length === batchSize && last !== undefined)
    return { before: last.position, progress: await tellWatchers(tx, run, telling) };
  const done = await announce(tx, run, telling);
  await settleUndo(tx, { proposal, at });
  return { done };
}

/**
 * Takes back what was applied of one family, newest first: all in one transaction, or some hundred in each. Calling it
 * again takes back only what is left, and counts all that is undone. Throws `not_found`.
 */
export async function undoFamily(deps: ActivityDeps, family: UndoingFamily, params: UndoParams): Promise<Undone> {
  let before = behindAll;
  for (;;) {
    assertNotCancelled();
    const telling = { family, params, at: deps.now().toISOString() };
    const from = before;
    const part = await deps.database.asService(async (tx) => await undoNext(tx, telling, from));
    if ('done' in part) return part.done;
    ({ before } = part);
    tellProgress(part.progress);
  }
}
