import type { Selectable } from 'kysely';
import { StewardError, invalidInput } from '../../contract/errors.ts';
import type { OperationView, ProposalView } from '../../contract/views.ts';
import type { Tables } from '../../db/tables.ts';
import type { CallContext } from './context.ts';
import { notFound, requireId } from './ids.ts';
import { pageSize } from './paging.ts';
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

const usualPage = 500;
const largestPage = 1_000;

type Asked = { readonly proposalId: string; readonly cursor?: string; readonly limit?: number };

function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw invalidInput([{ path: 'cursor', message: 'is none that a list gave' }]);
}

/** A page of a proposal's operations, and how many there are of each kind and status. */
async function readOperations(tx: Tx, { proposalId, cursor, limit }: Asked) {
  const size = pageSize(limit ?? usualPage, largestPage);
  const all = tx.selectFrom('proposal_operations').where('proposal_id', '=', proposalId);
  const groups = await all
    .select((row) => ['kind', 'status', row.fn.countAll<number>().as('count')])
    .groupBy(['kind', 'status'])
    .orderBy((row) => row.fn.min('position'))
    .execute();
  const rows = await all
    .selectAll()
    .where('position', '>', positionOf(cursor))
    .orderBy('position')
    .limit(size + 1)
    .execute();
  const operations = rows.slice(0, size);
  const nextCursor = rows.length > size ? String(operations.at(-1)?.position ?? 0) : null;
  return { operations, nextCursor, groups };
}

type Operations = Awaited<ReturnType<typeof readOperations>>;

function sumBy(groups: Operations['groups'], key: 'kind' | 'status'): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const group of groups) sums[group[key]] = (sums[group[key]] ?? 0) + group.count;
  return sums;
}

function proposalView(row: ProposalRow, parts: { readonly requestId: string | null } & Operations): ProposalView {
  const counts = sumBy(parts.groups, 'kind');
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
    counts,
    statuses: sumBy(parts.groups, 'status'),
    operationCount: Object.values(counts).reduce((sum, count) => sum + count, 0),
    operations: parts.operations.map(operationView),
    nextCursor: parts.nextCursor,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    appliedAt: row.applied_at,
    undoneAt: row.undone_at,
  };
}

/** What would change, or did change, operation by operation. Throws `not_found`. */
export async function getProposal(context: CallContext, params: Asked): Promise<ProposalView> {
  requireAnyScope(context.caller, ['runs', 'decide']);
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const row = await findProposal(tx, params.proposalId);
    const operations = await readOperations(tx, params);
    const request = await tx
      .selectFrom('run_requests')
      .select('id')
      .where('proposal_id', '=', row.id)
      .orderBy('created_at', 'desc')
      .executeTakeFirst();
    return proposalView(row, { requestId: request?.id ?? null, ...operations });
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
