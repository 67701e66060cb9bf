import type { Selectable, Transaction } from 'kysely';
import type { Tables } from './tables.ts';
import type { UsersTable } from './tables/account-tables.ts';

export type UserRow = Selectable<UsersTable>;

/** The user of a single-user installation. Any fixed id would do, but it must never change. */
export const localUserId = '00000000-0000-7000-8000-000000000001';

/** Makes the local user unless it is there. Needs the service role. */
export async function ensureLocalUser(
  tx: Transaction<Tables>,
  params: { readonly name: string; readonly timezone: string },
): Promise<UserRow> {
  return ensureUser(tx, { id: localUserId, ...params });
}

/** Makes a user with this id unless there is one. Needs the service role. */
export async function ensureUser(
  tx: Transaction<Tables>,
  params: { readonly id: string; readonly name: string; readonly timezone: string },
): Promise<UserRow> {
  await tx
    .insertInto('users')
    .values(params)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return tx.selectFrom('users').selectAll().where('id', '=', params.id).executeTakeFirstOrThrow();
}

/** The user, or null. */
export async function findUser(tx: Transaction<Tables>, params: { readonly id: string }): Promise<UserRow | null> {
  return (await tx.selectFrom('users').selectAll().where('id', '=', params.id).executeTakeFirst()) ?? null;
}
