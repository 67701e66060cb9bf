import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { applyMigrations, checkMigrations, migrate } from '../../src/db/migrate.ts';
import { migrationScripts } from '../../src/db/migrations/list.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { startPostgres } from './support/postgres-server.ts';
import type { PostgresServer } from './support/postgres-server.ts';
import { fillEveryTable, newUser } from './support/rows.ts';

const names = migrationScripts.map((script) => script.name);

/** The columns that the table types name, and whether they may be null, as `table.column`. */
async function typedColumns(): Promise<Map<string, boolean>> {
  const folder = 'src/db/tables';
  const files = await Promise.all((await readdir(folder)).map((file) => readFile(path.join(folder, file), 'utf8')));
  const tables = (await readFile('src/db/tables.ts', 'utf8')).matchAll(/^ {2}(\w+): (\w+Table);/gm);
  const columns = new Map<string, boolean>();
  for (const [, table, type] of tables) {
    const body = new RegExp(`interface ${String(type)} \\{([^}]*)\\}`).exec(files.join('\n'))?.[1] ?? '';
    for (const [, column, kind] of body.matchAll(/^ {2}(\w+): ('?\w+)/gm))
      columns.set(`${String(table)}.${String(column)}`, kind?.startsWith('Nullable') === true);
  }
  return columns;
}

describe.each(backends)('migrations on $name', ({ start }) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  afterAll(() => test.stop());

  it('are numbered in order and applied once', async () => {
    expect(names).toEqual([...names].sort());
    expect(await migrate(test.database)).toEqual({ applied: [] });
    await checkMigrations(test.database);
  });

  it('make the columns that the table types name', async () => {
    const { rows } = await sql<{ name: string; nullable: boolean }>`
      select table_name || '.' || column_name as name, is_nullable = 'YES' as nullable
      from information_schema.columns where table_schema = 'public' and table_name not like 'steward_%'`.execute(
      test.database.owner,
    );
    expect(new Map(rows.map((row) => [row.name, row.nullable]))).toEqual(await typedColumns());
  });

  it('refuse a database that a newer version made', async () => {
    const older = migrationScripts.slice(0, -1);
    await expect(applyMigrations(test.database.owner, older)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(String(names.at(-1))),
    });
  });

  it('undo all of a migration that fails half-way', async () => {
    const broken = { name: '9999-broken', statements: ['create table half (id int)', 'select 1 / 0'] };
    await expect(applyMigrations(test.database.owner, [...migrationScripts, broken])).rejects.toThrow(
      /division by zero/,
    );
    const { rows } = await sql`select to_regclass('half') as half`.execute(test.database.owner);
    expect(rows).toEqual([{ half: null }]);
    await checkMigrations(test.database);
  });

  it('give rows that are safe as JSON', async () => {
    const user = await newUser(test.database);
    const row = await test.database.asService(async (tx) => {
      await fillEveryTable(tx, user);
      await sql`update agentic_workflows set total_cost_usd = 0.1234, started_at = '2026-03-01 09:00:00.5+02' where user_id = ${user}`.execute(
        tx,
      );
      return tx.selectFrom('agentic_workflows').selectAll().where('user_id', '=', user).executeTakeFirstOrThrow();
    });
    expect(row).toMatchObject({
      total_cost_usd: 0.1234,
      started_at: '2026-03-01T07:00:00.500Z',
      step_history: [],
      completed_at: null,
    });
    expect(JSON.parse(JSON.stringify(row))).toEqual(row);
    const dump = await test.database.asUser(user, (tx) =>
      tx.selectFrom('brain_dumps').selectAll().executeTakeFirstOrThrow(),
    );
    expect(dump.metaData).toEqual(['a']);
    const instance = await test.database.asUser(user, (tx) =>
      tx.selectFrom('recurring_task_instances').selectAll().executeTakeFirstOrThrow(),
    );
    expect(instance.instance_date).toBe('2026-03-01');
  });
});

describe('migrations on a shared Postgres server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, startTimeoutMs);
  afterAll(() => server.stop());

  async function newDatabase(owner?: string): Promise<string> {
    const name = `d${randomUUID().replaceAll('-', '')}`;
    const admin = await openDatabase({ url: server.url });
    if (owner !== undefined) await sql`create role ${sql.id(owner)} login createrole`.execute(admin.owner);
    await sql`create database ${sql.id(name)} owner ${sql.id(owner ?? 'steward')}`.execute(admin.owner);
    await admin.close();
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    url.username = owner ?? 'steward';
    return url.href;
  }

  it('are applied once by processes that start at the same time, in one database and in several', async () => {
    const urls = [await newDatabase(), await newDatabase()].flatMap((url) => [url, url]);
    const databases = await Promise.all(urls.map((url) => openDatabase({ url })));
    const results = await Promise.all(databases.map((database) => migrate(database)));
    await Promise.all(databases.map((database) => database.close()));
    expect(results.map((result) => result.applied.length).sort((one, other) => one - other)).toEqual([
      0,
      0,
      names.length,
      names.length,
    ]);
  });

  it('work for an owner that is no superuser', async () => {
    const database = await openDatabase({ url: await newDatabase('plain_owner') });
    try {
      await migrate(database);
      const user = await newUser(database);
      await database.asService((tx) => fillEveryTable(tx, user));
      expect(await database.asUser(user, (tx) => tx.selectFrom('tasks').select('id').execute())).toHaveLength(2);
      await database.asService((tx) => tx.deleteFrom('users').where('id', '=', user).execute());
      expect(await database.asService((tx) => tx.selectFrom('tasks').select('id').execute())).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('are asked for by a process that may not apply them', async () => {
    const database = await openDatabase({ url: await newDatabase() });
    await expect(checkMigrations(database)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('steward migrate'),
    });
    await database.close();
  });
});
