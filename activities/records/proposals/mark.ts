import { sql } from 'kysely';
import type { Json } from '../../../src/contract/json.ts';
import type { OperationStatus } from '../../../src/contract/proposal.ts';
import { jsonOrNull, jsonText } from '../../../src/db/values.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Accepted } from './stored-proposal.ts';
import type { OperationCounts } from './tally.ts';

// Nothing was done with these yet.
export const undecided = ['proposed', 'accepted', 'refused'] as const;

export type OperationMark = {
  readonly proposalId: string;
  readonly operationId: string;
  readonly status: OperationStatus;
  readonly error?: string;
  readonly result?: Json;
  readonly undo?: Json;
};

/** Writes how an operation ended. */
export async function markOperation(tx: Tx, mark: OperationMark): Promise<void> {
  await tx
    .updateTable('proposal_operations')
    .set({
      status: mark.status,
      error: mark.error ?? null,
      ...(mark.result === undefined ? {} : { result: jsonOrNull(mark.result) }),
      ...(mark.undo === undefined ? {} : { undo: jsonOrNull(mark.undo) }),
    })
    .where('proposal_id', '=', mark.proposalId)
    .where('operation_id', '=', mark.operationId)
    .execute();
}

/** Writes how operations went that were all done: one statement for all. */
export async function markApplied(
  tx: Tx,
  proposalId: string,
  done: readonly { readonly operationId: string; readonly result: Json; readonly undo: Json }[],
): Promise<void> {
  const rows = jsonText(done.map(({ operationId, result, undo }) => ({ operation_id: operationId, result, undo })));
  await sql`
    update proposal_operations as operation
    set status = 'applied', error = null, result = done.result, undo = done.undo
    from jsonb_to_recordset(${rows}::jsonb) as done (operation_id text, result jsonb, undo jsonb)
    where operation.proposal_id = ${proposalId}::uuid and operation.operation_id = done.operation_id`.execute(tx);
}

/** Writes to operations that an undo took them back: one statement for all. */
export async function markUndone(tx: Tx, proposalId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update proposal_operations set status = 'undone', error = null
    where proposal_id = ${proposalId}::uuid and operation_id = any(${[...ids]}::text[])`.execute(tx);
}

/** Writes the choice to the operations of these statuses: accepted or refused. */
export async function markChoice(
  tx: Tx,
  choice: {
    readonly proposalId: string;
    readonly accepted: Accepted;
    readonly statuses: readonly (typeof undecided)[number][];
  },
): Promise<void> {
  const { proposalId, accepted, statuses } = choice;
  const [named, others] = 'only' in accepted ? ['accepted', 'refused'] : ['refused', 'accepted'];
  const ids = 'only' in accepted ? accepted.only : accepted.except;
  await sql`
    update proposal_operations
    set status = case when operation_id = any(${[...ids]}::text[]) then ${named}::text else ${others}::text end
    where proposal_id = ${proposalId}::uuid and status = any(${[...statuses]}::text[])`.execute(tx);
}

/** Brings a proposal's status up to date with its operations, once none of them waits any more. */
export async function settleProposal(
  tx: Tx,
  { proposalId, counts, at }: { readonly proposalId: string; readonly counts: OperationCounts; readonly at: string },
): Promise<void> {
  const waiting = counts.some((row) => row.status === 'proposed' || row.status === 'accepted');
  const whole = counts.every((row) => row.status === 'applied');
  const status = waiting ? 'approved' : whole ? 'applied' : 'partly_applied';
  await tx
    .updateTable('proposals')
    .set({ status, applied_at: waiting ? null : at })
    .where('id', '=', proposalId)
    .execute();
}
