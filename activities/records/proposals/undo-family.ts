import type { ActivityDeps } from '../../deps.ts';
import { assertNotCancelled } from '../../support/effect-key.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Undone, UndoParams } from '../api.ts';
import type { UndoOutcome } from '../operations/executor.ts';
import { addEvents, writeChanges } from '../project-changes.ts';
import type { LockedRun } from '../project-changes.ts';
import { markOperation } from './mark.ts';
import { lockProposal } from './stored-proposal.ts';
import type { StoredOperation, StoredProposal } from './stored-proposal.ts';

export type UndoingFamily = {
  readonly name: 'records' | 'calendar';
  readonly includes: (stored: StoredOperation) => boolean;
  readonly undo: (tx: Tx, params: UndoParams, stored: StoredOperation) => Promise<UndoOutcome>;
};

type Kept = Undone['kept'][number];

// Something that was kept still needs what it was built on.
function neededBy(stored: StoredOperation, applied: ReadonlyMap<string, StoredOperation>): string | null {
  for (const other of applied.values()) {
    if (other.operation.requires.includes(stored.operation.id)) return `${other.operation.id} was kept and needs it.`;
  }
  return null;
}

async function undoAll(
  tx: Tx,
  params: UndoParams,
  work: { readonly family: UndoingFamily; readonly proposal: StoredProposal },
): Promise<readonly Kept[]> {
  const { family, proposal } = work;
  const { proposalId } = params;
  const applied = new Map(
    proposal.operations.filter((stored) => stored.status === 'applied').map((stored) => [stored.operation.id, stored]),
  );
  const kept: Kept[] = [];
  for (const stored of proposal.operations.filter(family.includes).toReversed()) {
    const operationId = stored.operation.id;
    if (stored.status !== 'applied') continue;
    const needed = neededBy(stored, applied);
    const outcome: UndoOutcome =
      needed === null ? await family.undo(tx, params, stored) : { undone: false, reason: needed };
    if (outcome.undone) applied.delete(operationId);
    else kept.push({ operationId, reason: outcome.reason });
    await markOperation(tx, {
      proposalId,
      operationId,
      ...(outcome.undone ? { status: 'undone' } : { status: 'applied', error: outcome.reason }),
    });
  }
  return kept;
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

async function announce(
  tx: Tx,
  run: LockedRun,
  told: { readonly undone: Undone; readonly family: UndoingFamily; readonly reason: string; readonly at: string },
): Promise<void> {
  const { undone, family, reason, at } = told;
  const key = `undo:${family.name}:${undone.proposalId}:${String(undone.undone)}/${String(undone.kept.length)}`;
  await addEvents(tx, run, [{ key, type: 'proposal.undone', data: { ...undone, family: family.name, reason }, at }]);
}

/**
 * Takes back what was applied of one family, newest first, in one transaction. Calling it again takes back only what is
 * left, and counts all that is undone. Throws `not_found`.
 */
export async function undoFamily(deps: ActivityDeps, family: UndoingFamily, params: UndoParams): Promise<Undone> {
  const { run: ref, proposalId, reason } = params;
  const at = deps.now().toISOString();
  assertNotCancelled();
  return await deps.database.asService(async (tx) => {
    const run = await writeChanges(tx, { run: ref, changes: [] });
    const proposal = await lockProposal(tx, params);
    const kept = await undoAll(tx, params, { family, proposal });
    const rest = proposal.operations
      .filter(family.includes)
      .filter((stored) => stored.status === 'applied' || stored.status === 'undone');
    const undone: Undone = { proposalId, undone: rest.length - kept.length, kept };
    if (rest.length > 0) await announce(tx, run, { undone, family, reason, at });
    await settleUndo(tx, { proposal, at });
    return undone;
  });
}
