import type { InsertObject, Selectable, Transaction, UpdateObject } from 'kysely';
import type { Tables } from '../tables.ts';
import type { PhasesTable } from '../tables/record-tables.ts';
import { beyond, found } from './page.ts';
import type { PageParams } from './page.ts';

export type PhaseRow = Selectable<PhasesTable>;
type Id = { readonly id: string };

/** Newest first. */
export async function listPhases(
  tx: Transaction<Tables>,
  params: PageParams & { readonly projectId?: string },
): Promise<PhaseRow[]> {
  let query = tx
    .selectFrom('phases')
    .selectAll()
    .where(beyond(params.after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit);
  if (params.projectId !== undefined) query = query.where('project_id', '=', params.projectId);
  return query.execute();
}

/** Throws `not_found`. */
export async function getPhase(tx: Transaction<Tables>, { id }: Id): Promise<PhaseRow> {
  return found(await tx.selectFrom('phases').selectAll().where('id', '=', id).executeTakeFirst(), {
    kind: 'phase',
    id,
  });
}

export async function insertPhase(tx: Transaction<Tables>, values: InsertObject<Tables, 'phases'>): Promise<PhaseRow> {
  return tx.insertInto('phases').values(values).returningAll().executeTakeFirstOrThrow();
}

/** Throws `not_found`. */
export async function updatePhase(
  tx: Transaction<Tables>,
  { id, changes }: Id & { readonly changes: UpdateObject<Tables, 'phases'> },
): Promise<PhaseRow> {
  if (Object.keys(changes).length === 0) return getPhase(tx, { id });
  return found(await tx.updateTable('phases').set(changes).where('id', '=', id).returningAll().executeTakeFirst(), {
    kind: 'phase',
    id,
  });
}

/** Throws `not_found`. */
export async function deletePhase(tx: Transaction<Tables>, { id }: Id): Promise<void> {
  found(await tx.deleteFrom('phases').where('id', '=', id).returning('id').executeTakeFirst(), { kind: 'phase', id });
}
