import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { openDatabase } from '../db/database.ts';
import type { OpenedDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';

/** Opens the configured database, a Postgres server or the embedded one, and brings its schema up to date. */
export async function openMigratedDatabase(config: Config, log: Logger): Promise<OpenedDatabase> {
  const place =
    config.databaseUrl === null ? { dataDir: join(config.dataDir, 'database') } : { url: config.databaseUrl };
  const onError = (error: Error): void => log.error({ err: error }, 'The database lost a connection');
  const database = await openDatabase({ ...place, cacheDir: config.cacheDir, onError });
  const { applied } = await migrate(database);
  if (applied.length > 0) log.info({ applied }, 'The database schema was brought up to date');
  return database;
}
