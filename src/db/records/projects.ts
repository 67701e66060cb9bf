import type { InsertObject, Selectable, Transaction, UpdateObject } from 'kysely';
import type { Tables } from '../tables.ts';
import type { ProjectStatus, ProjectsTable } from '../tables/record-tables.ts';
import { beyond, found } from './page.ts';
import type { PageParams } from './page.ts';

export type ProjectRow = Selectable<ProjectsTable>;
type Id = { readonly id: string };

/** Newest first. */
export async function listProjects(
  tx: Transaction<Tables>,
  params: PageParams & { readonly status?: ProjectStatus },
): Promise<ProjectRow[]> {
  let query = tx
    .selectFrom('projects')
    .selectAll()
    .where(beyond(params.after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit);
  if (params.status !== undefined) query = query.where('status', '=', params.status);
  return query.execute();
}

/** Throws `not_found`. */
export async function getProject(tx: Transaction<Tables>, { id }: Id): Promise<ProjectRow> {
  return found(await tx.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst(), {
    kind: 'project',
    id,
  });
}

export async function insertProject(
  tx: Transaction<Tables>,
  values: InsertObject<Tables, 'projects'>,
): Promise<ProjectRow> {
  return tx.insertInto('projects').values(values).returningAll().executeTakeFirstOrThrow();
}

/** Throws `not_found`. */
export async function updateProject(
  tx: Transaction<Tables>,
  { id, changes }: Id & { readonly changes: UpdateObject<Tables, 'projects'> },
): Promise<ProjectRow> {
  if (Object.keys(changes).length === 0) return getProject(tx, { id });
  return found(await tx.updateTable('projects').set(changes).where('id', '=', id).returningAll().executeTakeFirst(), {
    kind: 'project',
    id,
  });
}

/** Throws `not_found`. */
export async function deleteProject(tx: Transaction<Tables>, { id }: Id): Promise<void> {
  found(await tx.deleteFrom('projects').where('id', '=', id).returning('id').executeTakeFirst(), {
    kind: 'project',
    id,
  });
}
