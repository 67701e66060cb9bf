import type { Selectable } from 'kysely';
import { StewardError } from '../../contract/errors.ts';
import type { OperationView, ProposalView } from '../../contract/views.ts';
import type { Tables } from '../../db/tables.ts';
import type { CallContext } from './context.ts';
import { notFound, requireId } from './ids.ts';
import type { Tx } from './runs/find.ts';
import { requireAnyScope } from './scopes.ts';

type ProposalRow = Selectable<Tables['proposals']>;
type OperationRow = Selectable<Tables['proposal_operations']>;

/** A proposal that the transaction's user may see. Throws `not_found`. */
export async function findProposal(tx: Tx, proposalId: string): Promise<ProposalRow> {
  requireId('proposal', proposalId);
  const row = await tx.selectFrom('proposals').selectAll().where('id', '=', proposalId).executeTakeFirst();
  if (row === undefined) throw notFound('proposal', proposalId);
  return row;
}

function operationView(row: OperationRow): OperationView {
  const { operation_id: id, position, kind, title, reason, requires, payload, before, status, error } = row;
  return { id, position, kind, title, reason, requires, payload, before, status, error };
}

function proposalView(
  row: ProposalRow,
  parts: { readonly requestId: string | null; readonly operations: readonly OperationRow[] },
): ProposalView {
  return {
    id: row.id,
    runId: row.run_id,
    requestId: parts.requestId,
    revision: row.revision,
    digest: row.digest,
    status: row.status,
    title: row.title,
    summary: row.summary,
    notes: row.notes,
    operations: parts.operations.map(operationView),
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    appliedAt: row.applied_at,
    undoneAt: row.undone_at,
  };
}

/** What would change, or did change, operation by operation. Throws `not_found`. */
export async function getProposal(
  context: CallContext,
  params: { readonly proposalId: string },
): Promise<ProposalView> {
  requireAnyScope(context.caller, ['runs', 'decide']);
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const row = await findProposal(tx, params.proposalId);
    const operations = await tx
      .selectFrom('proposal_operations')
      .selectAll()
      .where('proposal_id', '=', row.id)
      .orderBy('position')
      .execute();
    const request = await tx
      .selectFrom('run_requests')
      .select('id')
      .where('proposal_id', '=', row.id)
      .orderBy('created_at', 'desc')
      .executeTakeFirst();
    return proposalView(row, { requestId: request?.id ?? null, operations });
  });
}

/** Refuses a proposal of which nothing is applied. Throws `conflict` that says what it is instead. */
export function requireApplied(proposal: ProposalRow): void {
  if (proposal.status === 'applied' || proposal.status === 'partly_applied') return;
  const words = proposal.status === 'undone' ? 'was undone already' : `is ${proposal.status}, not applied`;
  throw new StewardError('conflict', `This proposal ${words}: there is nothing to undo.`, {
    details: { proposalId: proposal.id, status: proposal.status },
  });
}
