import { loadConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { ensureLocalAccount } from './local-account.ts';
import { createProcessLog } from './log.ts';
import { openMigratedDatabase } from './open-database.ts';

/** `steward migrate`: brings the database's schema up to date and makes the local user. */
export async function migrateDatabase(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const log = createProcessLog(config);
  const database = await openMigratedDatabase(config, log);
  try {
    await ensureLocalAccount(database, config.dataDir);
    process.stdout.write('The database is up to date.\n');
  } finally {
    await database.close();
  }
}
