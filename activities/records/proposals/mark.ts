import { sql } from 'kysely';
import type { Json } from '../../../src/contract/json.ts';
import type { OperationStatus } from '../../../src/contract/proposal.ts';
import { jsonOrNull, jsonText } from '../../../src/db/values.ts';
import type { Tx } from '../../support/transaction.ts';
import type { StoredOperation, StoredProposal } from './stored-proposal.ts';

// Nothing was done with these yet.
const undecided: readonly OperationStatus[] = ['proposed', 'accepted', 'refused'];

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

/** The status of an operation that was chosen or not. */
export function chosenStatus(accepted: readonly string[]) {
  return sql<OperationStatus>`case when operation_id = any(${[...accepted]}::text[]) then 'accepted' else 'refused' end`;
}

/** Writes the choice to the operations that nothing was done with yet: accepted or refused. The decision did that already where nothing changed since. */
export async function markChoice(
  tx: Tx,
  choice: { readonly proposal: StoredProposal; readonly accepted: readonly string[] },
): Promise<void> {
  const { proposal, accepted } = choice;
  const chosen = new Set(accepted);
  const marked = proposal.operations.every(
    ({ operation, status }) =>
      !undecided.includes(status) || status === (chosen.has(operation.id) ? 'accepted' : 'refused'),
  );
  if (marked) return;
  await tx
    .updateTable('proposal_operations')
    .set({ status: chosenStatus(accepted) })
    .where('proposal_id', '=', proposal.proposalId)
    .where('status', 'in', undecided)
    .execute();
}

/**
 * Brings a proposal's status up to date with its operations, once none of them waits any more. Returns the operations as
 * they stand now.
 */
export async function settleProposal(
  tx: Tx,
  { proposal, at }: { readonly proposal: StoredProposal; readonly at: string },
): Promise<readonly StoredOperation[]> {
  const { proposalId } = proposal;
  const rows = await tx
    .selectFrom('proposal_operations')
    .select(['operation_id', 'status', 'error'])
    .where('proposal_id', '=', proposalId)
    .execute();
  const waiting = rows.some((row) => row.status === 'proposed' || row.status === 'accepted');
  const whole = rows.every((row) => row.status === 'applied');
  const status = waiting ? 'approved' : whole ? 'applied' : 'partly_applied';
  await tx
    .updateTable('proposals')
    .set({ status, applied_at: waiting ? null : at })
    .where('id', '=', proposalId)
    .execute();
  const outcomes = new Map(rows.map((row) => [row.operation_id, { status: row.status, error: row.error }]));
  return proposal.operations.map((stored) => ({ ...stored, ...outcomes.get(stored.operation.id) }));
}
