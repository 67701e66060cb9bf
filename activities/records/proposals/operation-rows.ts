import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, Selectable, SqlBool } from 'kysely';
import { calendarKinds } from '../../../src/contract/operations/calendar.ts';
import type { OperationStatus } from '../../../src/contract/proposal.ts';
import type { Tables } from '../../../src/db/tables.ts';
import type { Tx } from '../../support/transaction.ts';
import { readOperation } from '../operations/schema.ts';
import type { Accepted, StoredOperation } from './stored-proposal.ts';

/** A family of operations: those that one activity applies and undoes. */
export type FamilyName = 'records' | 'calendar';

/** Where a batch begins: after this position, or before it. */
export type BatchOf = { readonly proposalId: string; readonly family: FamilyName; readonly size: number };

type Where = ExpressionBuilder<Tables, 'proposal_operations'>;

/** Whether a row's operation is of the family. */
export function isOf(family: FamilyName): (row: Where) => Expression<SqlBool> {
  return (row) => row('kind', family === 'calendar' ? 'in' : 'not in', [...calendarKinds]);
}

function isAccepted(accepted: Accepted): Expression<SqlBool> {
  return 'only' in accepted
    ? sql<SqlBool>`operation_id = any(${[...accepted.only]}::text[])`
    : sql<SqlBool>`operation_id <> all(${[...accepted.except]}::text[])`;
}

function storedOperation(row: Selectable<Tables['proposal_operations']>): StoredOperation {
  const { operation_id: id, kind, title, reason, requires, payload, position, status, before, undo } = row;
  return { operation: readOperation({ id, kind, title, reason, requires, payload }), position, status, before, undo };
}

/** The next accepted operations that are not applied, in the order in which they are to be. */
export async function nextToApply(
  tx: Tx,
  batch: BatchOf & { readonly accepted: Accepted; readonly after: number },
): Promise<readonly StoredOperation[]> {
  const rows = await tx
    .selectFrom('proposal_operations')
    .selectAll()
    .where('proposal_id', '=', batch.proposalId)
    .where(isOf(batch.family))
    .where(isAccepted(batch.accepted))
    .where('status', '<>', 'applied')
    .where('position', '>', batch.after)
    .orderBy('position')
    .limit(batch.size)
    .execute();
  return rows.map(storedOperation);
}

/** The next applied operations to be undone, newest first. */
export async function nextToUndo(
  tx: Tx,
  batch: BatchOf & { readonly before: number },
): Promise<readonly StoredOperation[]> {
  const rows = await tx
    .selectFrom('proposal_operations')
    .selectAll()
    .where('proposal_id', '=', batch.proposalId)
    .where(isOf(batch.family))
    .where('status', '=', 'applied')
    .where('position', '<', batch.before)
    .orderBy('position', 'desc')
    .limit(batch.size)
    .execute();
  return rows.map(storedOperation);
}

/** How what these operations require stands, by id, where it is none of themselves: those come in their order. */
export async function requiredStatuses(
  tx: Tx,
  of: { readonly proposalId: string; readonly operations: readonly StoredOperation[] },
): Promise<ReadonlyMap<string, OperationStatus>> {
  const own = new Set(of.operations.map(({ operation }) => operation.id));
  const required = new Set(of.operations.flatMap(({ operation }) => operation.requires).filter((id) => !own.has(id)));
  if (required.size === 0) return new Map();
  const rows = await tx
    .selectFrom('proposal_operations')
    .select(['operation_id', 'status'])
    .where('proposal_id', '=', of.proposalId)
    .where(sql<SqlBool>`operation_id = any(${[...required]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.operation_id, row.status]));
}

/** Which applied operations need each of these, by id. */
export async function appliedNeeding(
  tx: Tx,
  of: { readonly proposalId: string; readonly operations: readonly StoredOperation[] },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = new Set(of.operations.map(({ operation }) => operation.id));
  const rows = await tx
    .selectFrom('proposal_operations')
    .select(['operation_id', 'requires'])
    .where('proposal_id', '=', of.proposalId)
    .where('status', '=', 'applied')
    .where(sql<SqlBool>`requires && ${[...ids]}::text[]`)
    .orderBy('position')
    .execute();
  const needing = new Map<string, string[]>();
  for (const { operation_id: id, requires } of rows) {
    for (const required of requires)
      if (ids.has(required)) needing.set(required, [...(needing.get(required) ?? []), id]);
  }
  return needing;
}
