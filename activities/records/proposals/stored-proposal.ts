import { StewardError, invalidInput } from '../../../src/contract/errors.ts';
import type { Json } from '../../../src/contract/json.ts';
import { chooseOperations } from '../../../src/contract/proposal.ts';
import type { Operation, OperationStatus, ProposalStatus } from '../../../src/contract/proposal.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import { readOutlines, readRefused } from '../../../src/db/runs/proposal-choices.ts';
import type { Tx } from '../../support/transaction.ts';
import type { ApplyParams } from '../api.ts';
import { undecided } from './mark.ts';

export type StoredOperation = {
  readonly operation: Operation;
  readonly position: number;
  readonly status: OperationStatus;
  readonly before: Json;
  readonly undo: Json;
};

export type StoredProposal = {
  readonly proposalId: string;
  readonly digest: string;
  readonly status: ProposalStatus;
};

/** A proposal, locked until the transaction ends. Throws `not_found`. */
export async function lockProposal(
  tx: Tx,
  of: { readonly run: RunRef; readonly proposalId: string },
): Promise<StoredProposal> {
  const { run, proposalId } = of;
  const proposal = await tx
    .selectFrom('proposals')
    .select(['digest', 'status'])
    .where('id', '=', proposalId)
    .where('run_id', '=', run.runId)
    .where('user_id', '=', run.userId)
    .forUpdate()
    .executeTakeFirst();
  if (proposal === undefined) throw new StewardError('not_found', `Proposal ${proposalId} is not one of this run.`);
  return { proposalId, ...proposal };
}

const finalStatuses: ReadonlySet<ProposalStatus> = new Set<ProposalStatus>(['rejected', 'withdrawn', 'undone']);

/**
 * Checks that a proposal may be applied: `stale_digest` when something else was approved than what is stored, `conflict`
 * when it was rejected, withdrawn or undone.
 */
export function checkApplicable(proposal: StoredProposal, approved: { readonly digest: string }): void {
  if (proposal.digest !== approved.digest) {
    const details = { expected: proposal.digest, given: approved.digest };
    throw new StewardError('stale_digest', 'The proposal is not the one that was approved.', { details });
  }
  if (finalStatuses.has(proposal.status))
    throw new StewardError('conflict', `The proposal is ${proposal.status}: nothing of it can be applied.`);
}

/** What a decision leaves of a proposal: these operations, or all but these. */
export type Accepted = { readonly only: readonly string[] } | { readonly except: readonly string[] };

type Choice = {
  readonly accepted: Accepted;
  /** Whether the decision is in the rows already. */ readonly marked: boolean;
};

/** The accepted operations. Throws `invalid_input` for a choice that does not hold. */
export async function readAccepted(
  tx: Tx,
  { proposalId, accepted, choice }: Pick<ApplyParams, 'proposalId' | 'accepted' | 'choice'>,
): Promise<Choice> {
  if (choice === undefined) return await readListed(tx, { proposalId, accepted });
  // A stored choice was checked before it was stored.
  const { choiceId } = choice;
  const refused = choiceId === null ? [] : await readRefused(tx, { proposalId, choiceId });
  if (refused !== null) return { accepted: { except: refused }, marked: false };
  throw invalidInput([{ path: 'choiceId', message: 'this proposal has no such choice' }]);
}

async function readListed(
  tx: Tx,
  { proposalId, accepted }: Pick<ApplyParams, 'proposalId' | 'accepted'>,
): Promise<Choice> {
  const outlines = await readOutlines(tx, proposalId);
  const chosen = chooseOperations(outlines, { operations: accepted });
  if (!chosen.ok) throw invalidInput(chosen.problems);
  const only = new Set(accepted);
  const marked = outlines.every(
    ({ id, status }) =>
      !undecided.some((each) => each === status) || status === (only.has(id) ? 'accepted' : 'refused'),
  );
  return { accepted: { only: accepted }, marked };
}
