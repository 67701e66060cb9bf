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

async function openEmbedded(cacheDir?: string): Promise<TestDatabase> {
  const database = await openDatabase({ cacheDir });
  return { database, other: database, stop: () => database.close() };
}

async function openServer(): Promise<TestDatabase> {
  const server = await startPostgres();
  const database = await openDatabase({ url: server.url });
  const other = await openDatabase({ url: server.url });
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

async function migrated(open: () => Promise<TestDatabase>): Promise<TestDatabase> {
  const test = await open();
  await migrate(test.database);
  return test;
}

type Backend = {
  readonly name: string;
  readonly start: () => Promise<TestDatabase>;
  /** Without a schema; slow, since the embedded database is made without its template. */
  readonly open: () => Promise<TestDatabase>;
};

/** One suite runs on each. */
export const backends: readonly Backend[] = [
  {
    name: 'PGlite',
    open: openEmbedded,
    start: async () => await migrated(async () => await openEmbedded(templateCache)),
  },
  { name: 'Postgres', open: openServer, start: async () => await migrated(openServer) },
];

/** Starting a server may take long on a busy machine. */
export const startTimeoutMs = 120_000;
