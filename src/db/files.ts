import { sql } from 'kysely';
import type { Insertable, Selectable, Transaction } from 'kysely';
import { beyond, found } from './records/page.ts';
import type { PageParams } from './records/page.ts';
import type { Tables } from './tables.ts';
import type { FilesTable } from './tables/search-tables.ts';

/** A file without its text, which may be long. */
export type FileRow = Omit<Selectable<FilesTable>, 'text' | 'user_id'> & { readonly searchable: boolean };

const columns = ['id', 'project_id', 'task_id', 'name', 'mime_type', 'size_bytes', 'sha256', 'created_at'] as const;
const searchable = sql<boolean>`text is not null`.as('searchable');

export async function insertFile(tx: Transaction<Tables>, values: Insertable<FilesTable>): Promise<FileRow> {
  return await tx
    .insertInto('files')
    .values(values)
    .returning([...columns, searchable])
    .executeTakeFirstOrThrow();
}

/** Newest first. */
export async function listFiles(
  tx: Transaction<Tables>,
  params: PageParams & { readonly projectId: string | undefined; readonly taskId: string | undefined },
): Promise<FileRow[]> {
  let query = tx
    .selectFrom('files')
    .select([...columns, searchable])
    .where(beyond(params.after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit);
  if (params.projectId !== undefined) query = query.where('project_id', '=', params.projectId);
  if (params.taskId !== undefined) query = query.where('task_id', '=', params.taskId);
  return await query.execute();
}

/** Throws `not_found`. */
export async function getFile(tx: Transaction<Tables>, { id }: { readonly id: string }): Promise<FileRow> {
  const query = tx
    .selectFrom('files')
    .select([...columns, searchable])
    .where('id', '=', id);
  return found(await query.executeTakeFirst(), { kind: 'file', id });
}

/** Throws `not_found`. */
export async function deleteFile(tx: Transaction<Tables>, { id }: { readonly id: string }): Promise<void> {
  const query = tx.deleteFrom('files').where('id', '=', id).returning('id');
  found(await query.executeTakeFirst(), { kind: 'file', id });
}
