import type { RunEvent } from '../../../src/contract/events.ts';
import { readRefused } from '../../../src/db/runs/proposal-choices.ts';
import type { Tx } from '../../support/transaction.ts';
import { markChoice } from '../proposals/mark.ts';
import type { Accepted } from '../proposals/stored-proposal.ts';
import type { LockedRun } from './run-lock.ts';

type Decided = Extract<RunEvent, { readonly type: 'proposal.decided' }>;

async function acceptedBy(tx: Tx, { proposalId, accepted, choice }: Decided): Promise<Accepted> {
  if (choice === undefined) return { only: accepted };
  const { choiceId } = choice;
  const refused = choiceId === null ? [] : await readRefused(tx, { proposalId, choiceId });
  // A choice that is gone accepts nothing; applying it says what is wrong.
  return refused === null ? { only: [] } : { except: refused };
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
  const accepted = await acceptedBy(tx, event);
  await markChoice(tx, { proposalId: event.proposalId, accepted, statuses: ['proposed'] });
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
