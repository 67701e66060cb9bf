import { StewardError, invalidInput } from '../../../src/contract/errors.ts';
import type { Json } from '../../../src/contract/json.ts';
import { chooseOperations } from '../../../src/contract/proposal.ts';
import type { Operation, OperationStatus, ProposalStatus } from '../../../src/contract/proposal.ts';
import type { RunRef } from '../../../src/contract/run.ts';
import type { Tx } from '../../support/transaction.ts';
import { readOperation } from '../operations/schema.ts';

export type StoredOperation = {
  readonly operation: Operation;
  readonly status: OperationStatus;
  readonly before: Json;
  readonly undo: Json;
  readonly error: string | null;
};

export type StoredProposal = {
  readonly proposalId: string;
  readonly digest: string;
  readonly status: ProposalStatus;
  /** In the order in which they are applied. */
  readonly operations: readonly StoredOperation[];
};

/** A proposal with its operations, locked until the transaction ends. Throws `not_found`. */
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
  const rows = await tx
    .selectFrom('proposal_operations')
    .selectAll()
    .where('proposal_id', '=', proposalId)
    .orderBy('position')
    .execute();
  const operations = rows.map((row) => ({
    operation: readOperation({
      id: row.operation_id,
      kind: row.kind,
      title: row.title,
      reason: row.reason,
      requires: row.requires,
      payload: row.payload,
    }),
    status: row.status,
    before: row.before,
    undo: row.undo,
    error: row.error,
  }));
  return { proposalId, digest: proposal.digest, status: proposal.status, operations };
}

const finalStatuses: ReadonlySet<ProposalStatus> = new Set<ProposalStatus>(['rejected', 'withdrawn', 'undone']);

/**
 * Checks that what was accepted may be applied: `stale_digest` when something else was approved than what is stored,
 * `conflict` for a proposal that was rejected, withdrawn or undone, `invalid_input` for a choice that does not hold.
 */
export function checkAccepted(
  proposal: StoredProposal,
  accepted: { readonly digest: string; readonly ids: readonly string[] },
): void {
  if (proposal.digest !== accepted.digest) {
    const details = { expected: proposal.digest, given: accepted.digest };
    throw new StewardError('stale_digest', 'The proposal is not the one that was approved.', { details });
  }
  if (finalStatuses.has(proposal.status))
    throw new StewardError('conflict', `The proposal is ${proposal.status}: nothing of it can be applied.`);
  const outlines = proposal.operations.map(({ operation }) => ({ id: operation.id, requires: operation.requires }));
  const chosen = chooseOperations(outlines, accepted.ids);
  if (!chosen.ok) throw invalidInput(chosen.problems);
}
