import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { fillEveryTable, newUser } from './support/rows.ts';

// Tables that name their owner otherwise.
const otherOwners: Readonly<Record<string, string>> = {
  users: 'id',
  notification_events: 'target_user_id',
  notification_deliveries: 'recipient_user_id',
};
const withoutOwner = ['steward_migration_lock', 'steward_migrations'];

async function tablesWith(
  database: TestDatabase['database'],
): Promise<{ owned: Map<string, string>; others: string[] }> {
  const { rows } = await sql<{ table_name: string; has_user: boolean }>`
    select table_name, exists (
      select from information_schema.columns c
      where c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'user_id') as has_user
    from information_schema.tables t where table_schema = 'public' order by 1`.execute(database.owner);
  const owned = rows.filter((row) => row.has_user).map((row) => [row.table_name, 'user_id'] as const);
  return { owned: new Map(owned), others: rows.filter((row) => !row.has_user).map((row) => row.table_name) };
}

function countOf(
  database: Database,
  reader: string,
  place: { table: string; owner: string; of: string },
): Promise<number> {
  return database.asUser(reader, async (tx) => {
    const { rows } = await sql<{
      count: number;
    }>`select count(*) as count from ${sql.table(place.table)} where ${sql.ref(place.owner)} = ${place.of}`.execute(tx);
    return rows[0]?.count ?? -1;
  });
}

describe.each(backends)('row-level security on $name', ({ start }) => {
  let test: TestDatabase;
  let ada: string;
  let bob: string;
  let owners: [string, string][];

  beforeAll(async () => {
    test = await start();
    [ada, bob] = [await newUser(test.database), await newUser(test.database)];
    for (const user of [ada, bob]) await test.database.asService((tx) => fillEveryTable(tx, user));
    const { owned } = await tablesWith(test.database);
    owners = [...owned, ...Object.entries(otherOwners)];
  }, startTimeoutMs);
  afterAll(() => test.stop());

  it('lists every table that has no user_id', async () => {
    const { others } = await tablesWith(test.database);
    expect(others).toEqual([...Object.keys(otherOwners), ...withoutOwner].sort());
  });

  it('is enabled and forced on every table that belongs to a user', async () => {
    const { rows } = await sql<{ relname: string }>`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and not (relrowsecurity and relforcerowsecurity) order by 1`.execute(test.database.owner);
    expect(rows.map((row) => row.relname)).toEqual(withoutOwner);
  });

  it('shows each user their own rows of every table and nobody else’s', async () => {
    for (const [table, owner] of owners) {
      for (const [reader, other] of [
        [ada, bob],
        [bob, ada],
      ] as const) {
        expect(await countOf(test.database, reader, { table, owner, of: reader }), `own ${table}`).toBeGreaterThan(0);
        expect(await countOf(test.database, reader, { table, owner, of: other }), `foreign ${table}`).toBe(0);
      }
    }
  });

  it('lets no user change or delete rows of another', async () => {
    for (const [table, owner] of owners) {
      const update = test.database.asUser(ada, (tx) =>
        sql`update ${sql.table(table)} set ${sql.ref(owner)} = ${bob} where ${sql.ref(owner)} = ${bob}`.execute(tx),
      );
      expect((await update).numAffectedRows, `update ${table}`).toBe(0n);
      if (table === 'users') continue;
      const removal = test.database.asUser(ada, (tx) =>
        sql`delete from ${sql.table(table)} where ${sql.ref(owner)} = ${bob}`.execute(tx),
      );
      expect((await removal).numAffectedRows, `delete ${table}`).toBe(0n);
    }
  });

  it('lets no user insert rows for another or give rows away', async () => {
    for (const [table, owner] of owners) {
      const { rows } = await test.database.asService((tx) =>
        sql<{
          row: object;
        }>`select to_jsonb(t) as row from ${sql.table(table)} t where ${sql.ref(owner)} = ${bob} limit 1`.execute(tx),
      );
      const copy = JSON.stringify(rows[0]?.row);
      const insert = test.database.asUser(ada, (tx) =>
        sql`insert into ${sql.table(table)} overriding system value select * from jsonb_populate_record(null::${sql.table(table)}, ${copy}::jsonb)`.execute(
          tx,
        ),
      );
      await expect(insert, `insert ${table}`).rejects.toMatchObject({ code: 'forbidden' });
      const gift = test.database.asUser(ada, (tx) =>
        sql`update ${sql.table(table)} set ${sql.ref(owner)} = ${bob} where ${sql.ref(owner)} = ${ada}`.execute(tx),
      );
      await expect(gift, `give away ${table}`).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('shows the service the rows of all', async () => {
    const users = await test.database.asService((tx) =>
      tx.selectFrom('tasks').select('user_id').distinct().where('user_id', 'in', [ada, bob]).execute(),
    );
    expect(users).toHaveLength(2);
  });

  it('shows nothing to a user nobody knows, and refuses an id that is none', async () => {
    const tasks = await test.database.asUser('99999999-9999-4999-8999-999999999999', (tx) =>
      tx.selectFrom('tasks').selectAll().execute(),
    );
    expect(tasks).toEqual([]);
    await expect(test.database.asUser("x' or true", async () => 1)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('forgets the user at the end of the transaction', async () => {
    await test.database.asUser(ada, (tx) => tx.selectFrom('tasks').selectAll().execute());
    const { rows } = await sql<{
      role: string;
      id: string | null;
    }>`select current_setting('role') as role, steward_current_user() as id`.execute(test.database.owner);
    expect(rows[0]).toEqual({ role: 'none', id: null });
  });

  it('removes all that belongs to a user together with the user', async () => {
    const eve = await newUser(test.database);
    await test.database.asService((tx) => fillEveryTable(tx, eve));
    await test.database.asService((tx) => tx.deleteFrom('users').where('id', '=', eve).execute());
    for (const [table, owner] of owners) {
      const { rows } = await test.database.asService((tx) =>
        sql`select 1 from ${sql.table(table)} where ${sql.ref(owner)} = ${eve}`.execute(tx),
      );
      expect({ [table]: rows }).toEqual({ [table]: [] });
    }
  });
});
