import type { InsertObject, Selectable, Transaction, UpdateObject } from 'kysely';
import type { Tables } from '../tables.ts';
import type { BrainDumpsTable } from '../tables/record-tables.ts';
import { beyond, found } from './page.ts';
import type { PageParams } from './page.ts';

export type BrainDumpRow = Selectable<BrainDumpsTable>;
type Id = { readonly id: string };

/** Newest first. */
export async function listBrainDumps(
  tx: Transaction<Tables>,
  params: PageParams & { readonly projectId?: string; readonly status?: BrainDumpRow['status'] },
): Promise<BrainDumpRow[]> {
  let query = tx
    .selectFrom('brain_dumps')
    .selectAll()
    .where(beyond(params.after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit);
  if (params.projectId !== undefined) query = query.where('project_id', '=', params.projectId);
  if (params.status !== undefined) query = query.where('status', '=', params.status);
  return query.execute();
}

/** Throws `not_found`. */
export async function getBrainDump(tx: Transaction<Tables>, { id }: Id): Promise<BrainDumpRow> {
  return found(await tx.selectFrom('brain_dumps').selectAll().where('id', '=', id).executeTakeFirst(), {
    kind: 'brain dump',
    id,
  });
}

export async function insertBrainDump(
  tx: Transaction<Tables>,
  values: InsertObject<Tables, 'brain_dumps'>,
): Promise<BrainDumpRow> {
  return tx.insertInto('brain_dumps').values(values).returningAll().executeTakeFirstOrThrow();
}

/** Throws `not_found`. */
export async function updateBrainDump(
  tx: Transaction<Tables>,
  { id, changes }: Id & { readonly changes: UpdateObject<Tables, 'brain_dumps'> },
): Promise<BrainDumpRow> {
  if (Object.keys(changes).length === 0) return getBrainDump(tx, { id });
  return found(
    await tx.updateTable('brain_dumps').set(changes).where('id', '=', id).returningAll().executeTakeFirst(),
    { kind: 'brain dump', id },
  );
}

/** Throws `not_found`. */
export async function deleteBrainDump(tx: Transaction<Tables>, { id }: Id): Promise<void> {
  found(await tx.deleteFrom('brain_dumps').where('id', '=', id).returning('id').executeTakeFirst(), {
    kind: 'brain dump',
    id,
  });
}
