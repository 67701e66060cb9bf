import { calendarKinds } from '../../../src/contract/operations/calendar.ts';
import type { OperationStatus } from '../../../src/contract/proposal.ts';
import type { Tx } from '../../support/transaction.ts';
import type { Applied, Undone } from '../api.ts';
import { isOf } from './operation-rows.ts';
import type { FamilyName } from './operation-rows.ts';

// A list of what failed or was kept goes to the workflow and to watchers; the rows have all of it.
const mostListed = 100;

type Of = { readonly proposalId: string; readonly family: FamilyName | null };

/** How many operations of a proposal there are of each kind and status, in their order. */
export async function countOperations(tx: Tx, proposalId: string) {
  return await tx
    .selectFrom('proposal_operations')
    .where('proposal_id', '=', proposalId)
    .select((row) => ['kind', 'status', row.fn.countAll<number>().as('count')])
    .groupBy(['kind', 'status'])
    .orderBy((row) => row.fn.min('position'))
    .execute();
}

export type OperationCounts = Awaited<ReturnType<typeof countOperations>>;
type Counted = Of & { readonly counts: OperationCounts };

function ofFamily({ family, counts }: Counted): OperationCounts {
  const isEvent = (kind: string): boolean => calendarKinds.some((each) => each === kind);
  return family === null ? counts : counts.filter(({ kind }) => isEvent(kind) === (family === 'calendar'));
}

function total(counts: OperationCounts, statuses: readonly OperationStatus[]): number {
  return counts.filter(({ status }) => statuses.includes(status)).reduce((sum, { count }) => sum + count, 0);
}

async function listed(
  tx: Tx,
  of: Of,
  query: { readonly statuses: readonly OperationStatus[]; readonly newest: boolean },
) {
  const rows = tx.selectFrom('proposal_operations').where('proposal_id', '=', of.proposalId);
  return await (of.family === null ? rows : rows.where(isOf(of.family)))
    .select(['operation_id as operationId', 'error'])
    .where('status', 'in', query.statuses)
    .orderBy('position', query.newest ? 'desc' : 'asc')
    .limit(mostListed)
    .execute();
}

const failing = ['failed', 'skipped'] as const;

/** What was done with a proposal's operations, of one family or of all, as the workflow and people are told. */
export async function tallyApplied(tx: Tx, of: Counted): Promise<Applied> {
  const counts = ofFamily(of);
  const failedCount = total(counts, failing);
  const failed = failedCount === 0 ? [] : await listed(tx, of, { statuses: failing, newest: false });
  const applied = counts.filter(({ status }) => status === 'applied');
  return {
    proposalId: of.proposalId,
    applied: total(counts, ['applied']),
    refused: total(counts, ['refused']),
    failed: failed.map(({ operationId, error }) => ({ operationId, error: error ?? '' })),
    failedCount,
    counts: Object.fromEntries(applied.map(({ kind, count }) => [kind, count])),
  };
}

/** What an undo took back of a family, and what it kept. */
export async function tallyUndone(tx: Tx, of: Counted): Promise<Undone> {
  const counts = ofFamily(of);
  const keptCount = total(counts, ['applied']);
  const kept = keptCount === 0 ? [] : await listed(tx, of, { statuses: ['applied'], newest: true });
  return {
    proposalId: of.proposalId,
    undone: total(counts, ['undone']),
    kept: kept.map(({ operationId, error }) => ({ operationId, reason: error ?? '' })),
    keptCount,
  };
}
