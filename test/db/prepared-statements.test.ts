import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import type { OpenedDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { startPostgres } from './support/postgres-server.ts';
import type { PostgresServer } from './support/postgres-server.ts';

let server: PostgresServer;
let database: OpenedDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = await openDatabase({ url: server.url, maxConnections: 1 });
  await migrate(database);
});

afterAll(async () => {
  await database.close();
  await server.stop();
});

const findUser = async (id: string): Promise<unknown> =>
  await database.asService(
    async (tx) => await tx.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst(),
  );

it('plans a statement once a connection', async () => {
  await findUser('0199aaaa-0000-7000-8000-000000000001');
  await findUser('0199aaaa-0000-7000-8000-000000000002');
  const { rows } = await sql`
    select * from pg_prepared_statements where statement like 'select * from "users"%' and not from_sql`.execute(
    database.owner,
  );
  expect(rows).toHaveLength(1);
});

it('goes on with a new connection when a table was changed by another process', async () => {
  await findUser('0199aaaa-0000-7000-8000-000000000001');
  await sql`alter table users add column shoe_size int`.execute(database.owner);
  await expect(findUser('0199aaaa-0000-7000-8000-000000000001')).rejects.toMatchObject({ code: 'unavailable' });
  expect(await findUser('0199aaaa-0000-7000-8000-000000000001')).toBeUndefined();
});
