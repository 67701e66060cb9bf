import type { RunEvent } from '../../../src/contract/events.ts';
import type { Tx } from '../../support/transaction.ts';
import { chosenStatus } from '../proposals/mark.ts';
import type { LockedRun } from './run-lock.ts';

type Decided = Extract<RunEvent, { readonly type: 'proposal.decided' }>;

async function markOperations(tx: Tx, decided: Decided): Promise<void> {
  await tx
    .updateTable('proposal_operations')
    .set({ status: chosenStatus(decided.accepted) })
    .where('proposal_id', '=', decided.proposalId)
    .where('status', '=', 'proposed')
    .execute();
}

/** Writes a decision to the proposal, its operations and its request. A proposal is decided once. */
export async function writeDecision(
  tx: Tx,
  run: LockedRun,
  decision: { readonly event: Decided; readonly at: string },
): Promise<void> {
  const { event, at } = decision;
  const changed = await tx
    .updateTable('proposals')
    .set({ status: event.decision === 'approve' ? 'approved' : 'rejected', decided_at: at })
    .where('id', '=', event.proposalId)
    .where('run_id', '=', run.ref.runId)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return;
  await markOperations(tx, event);
  await tx
    .updateTable('run_requests')
    .set({ decision: event.decision, comment: event.comment })
    .where('run_id', '=', run.ref.runId)
    .where('proposal_id', '=', event.proposalId)
    .execute();
}

/** Withdraws one open proposal of the run, or all when `proposalId` is null. */
export async function withdrawProposals(tx: Tx, run: LockedRun, proposalId: string | null): Promise<void> {
  const open = tx
    .updateTable('proposals')
    .set({ status: 'withdrawn' })
    .where('run_id', '=', run.ref.runId)
    .where('status', '=', 'open');
  await (proposalId === null ? open : open.where('id', '=', proposalId)).execute();
}
