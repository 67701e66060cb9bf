import { sql } from 'kysely';
import type { Json } from '../../../src/contract/json.ts';
import type { OperationStatus } from '../../../src/contract/proposal.ts';
import { jsonOrNull, jsonText } from '../../../src/db/values.ts';
import type { Tx } from '../../support/transaction.ts';

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

/** Writes the choice to the operations that nothing was done with yet: accepted or refused. */
export async function markChoice(
  tx: Tx,
  choice: { readonly proposalId: string; readonly accepted: readonly string[] },
): Promise<void> {
  const pending = tx
    .updateTable('proposal_operations')
    .where('proposal_id', '=', choice.proposalId)
    .where('status', 'in', ['proposed', 'accepted', 'refused']);
  await pending.set({ status: 'refused' }).execute();
  if (choice.accepted.length > 0)
    await pending.set({ status: 'accepted' }).where('operation_id', 'in', choice.accepted).execute();
}

/** Brings a proposal's status up to date with its operations, once none of them waits any more. */
export async function settleProposal(tx: Tx, proposalId: string, at: string): Promise<void> {
  const rows = await tx
    .selectFrom('proposal_operations')
    .select('status')
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
}
