import type { InsertObject, Selectable, Transaction, UpdateObject } from 'kysely';
import type { Tables } from '../tables.ts';
import type { NotesTable } from '../tables/record-tables.ts';
import { beyond, found } from './page.ts';
import type { PageParams } from './page.ts';

export type NoteRow = Selectable<NotesTable>;
type Id = { readonly id: string };

/** Newest first. */
export async function listNotes(
  tx: Transaction<Tables>,
  params: PageParams & { readonly projectId?: string },
): Promise<NoteRow[]> {
  let query = tx
    .selectFrom('notes')
    .selectAll()
    .where(beyond(params.after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit);
  if (params.projectId !== undefined) query = query.where('project_id', '=', params.projectId);
  return query.execute();
}

/** Throws `not_found`. */
export async function getNote(tx: Transaction<Tables>, { id }: Id): Promise<NoteRow> {
  return found(await tx.selectFrom('notes').selectAll().where('id', '=', id).executeTakeFirst(), { kind: 'note', id });
}

export async function insertNote(tx: Transaction<Tables>, values: InsertObject<Tables, 'notes'>): Promise<NoteRow> {
  return tx.insertInto('notes').values(values).returningAll().executeTakeFirstOrThrow();
}

/** Throws `not_found`. */
export async function updateNote(
  tx: Transaction<Tables>,
  { id, changes }: Id & { readonly changes: UpdateObject<Tables, 'notes'> },
): Promise<NoteRow> {
  if (Object.keys(changes).length === 0) return getNote(tx, { id });
  return found(await tx.updateTable('notes').set(changes).where('id', '=', id).returningAll().executeTakeFirst(), {
    kind: 'note',
    id,
  });
}

/** Throws `not_found`. */
export async function deleteNote(tx: Transaction<Tables>, { id }: Id): Promise<void> {
  found(await tx.deleteFrom('notes').where('id', '=', id).returning('id').executeTakeFirst(), { kind: 'note', id });
}
