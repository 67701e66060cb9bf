import { openDatabase } from '../../../src/db/database.ts';
import type { OpenedDatabase } from '../../../src/db/database.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { startPostgres } from './postgres-server.ts';

export const templateCache = 'node_modules/.cache/steward';

/** A migrated database for a test file; `stop` leaves nothing behind. */
export type TestDatabase = {
  readonly database: OpenedDatabase;
  /** The same database as another process has it open; the same object where only one process can. */
  readonly other: OpenedDatabase;
  stop(): Promise<void>;
};

async function startPglite(): Promise<TestDatabase> {
  const database = await openDatabase({ cacheDir: templateCache });
  await migrate(database);
  return { database, other: database, stop: () => database.close() };
}

async function startServer(): Promise<TestDatabase> {
  const server = await startPostgres();
  const database = await openDatabase({ url: server.url });
  const other = await openDatabase({ url: server.url });
  await migrate(database);
  return {
    database,
    other,
    async stop() {
      await other.close();
      await database.close();
      await server.stop();
    },
  };
}

/** One suite runs on each. */
export const backends: readonly { readonly name: string; readonly start: () => Promise<TestDatabase> }[] = [
  { name: 'PGlite', start: startPglite },
  { name: 'Postgres', start: startServer },
];

/** Starting a server may take long on a busy machine. */
export const startTimeoutMs = 120_000;
