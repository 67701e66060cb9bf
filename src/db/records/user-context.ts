import type { InsertObject, Selectable, Transaction, UpdateObject } from 'kysely';
import type { Tables } from '../tables.ts';
import type { UserContextTable } from '../tables/record-tables.ts';

export type UserContextRow = Selectable<UserContextTable>;

/** What the user told about themselves, or null. */
export async function findUserContext(
  tx: Transaction<Tables>,
  { userId }: { readonly userId: string },
): Promise<UserContextRow | null> {
  return (await tx.selectFrom('user_context').selectAll().where('user_id', '=', userId).executeTakeFirst()) ?? null;
}

/** Changes the fields given and keeps the others; makes the row at the first time. */
export async function saveUserContext(
  tx: Transaction<Tables>,
  params: { readonly userId: string; readonly changes: UpdateObject<Tables, 'user_context'> },
): Promise<UserContextRow> {
  const { id: _id, user_id: _userId, ...changes } = params.changes;
  const values: InsertObject<Tables, 'user_context'> = { ...changes, user_id: params.userId };
  return tx
    .insertInto('user_context')
    .values(values)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ ...changes, user_id: params.userId }))
    .returningAll()
    .executeTakeFirstOrThrow();
}
