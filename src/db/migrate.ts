import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { StewardError } from '../contract/errors.ts';
import type { OpenedDatabase } from './database.ts';
import { toStewardError } from './errors.ts';
import { migrationScripts } from './migrations/list.ts';
import type { MigrationScript } from './migrations/migration-script.ts';
import type { Tables } from './tables.ts';

const migrationTable = 'steward_migrations';

function toMigration(script: MigrationScript): Migration {
  return {
    async up(db) {
      for (const statement of script.statements) await sql.raw(statement).execute(db);
    },
  };
}

async function appliedNames(owner: Kysely<Tables>): Promise<readonly string[]> {
  const found = await sql<{ present: boolean }>`select to_regclass(${migrationTable}) is not null as present`.execute(
    owner,
  );
  if (found.rows[0]?.present !== true) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)} order by name`.execute(
    owner,
  );
  return rows.map((row) => row.name);
}

async function refuseNewer(owner: Kysely<Tables>, scripts: readonly MigrationScript[]): Promise<readonly string[]> {
  const applied = await appliedNames(owner);
  const known = new Set(scripts.map((script) => script.name));
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new StewardError(
      'conflict',
      `The database is newer than this Steward (it has ${unknown.join(', ')}): install the newer version, or use another database.`,
    );
  }
  return applied;
}

/** As `migrate`, on a connection of the tables' owner and with the scripts given. */
export async function applyMigrations(
  owner: Kysely<Tables>,
  scripts: readonly MigrationScript[] = migrationScripts,
): Promise<{ applied: string[] }> {
  await refuseNewer(owner, scripts);
  const migrator = new Migrator({
    db: owner,
    provider: {
      getMigrations: () =>
        Promise.resolve(Object.fromEntries(scripts.map((script) => [script.name, toMigration(script)]))),
    },
    migrationTableName: migrationTable,
    migrationLockTableName: 'steward_migration_lock',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('The migration failed.', { cause: error });
  return { applied: (results ?? []).map((result) => result.migrationName) };
}

/**
 * Brings the schema up to date: all pending migrations, in order, in one transaction; processes that start together take
 * turns. Throws `conflict` when the database was made by a newer version, `unavailable` when it can't be reached.
 */
export async function migrate(database: Pick<OpenedDatabase, 'owner'>): Promise<{ applied: string[] }> {
  try {
    return await applyMigrations(database.owner);
  } catch (error) {
    throw toStewardError(error);
  }
}

/** Throws `conflict` unless the schema is exactly this version's: for processes that must not change it. */
export async function checkMigrations(database: Pick<OpenedDatabase, 'owner'>): Promise<void> {
  try {
    const applied = new Set(await refuseNewer(database.owner, migrationScripts));
    const missing = migrationScripts.filter((script) => !applied.has(script.name));
    if (missing.length > 0) {
      throw new StewardError(
        'conflict',
        `The database is older than this Steward (it lacks ${missing.map((script) => script.name).join(', ')}): run \`steward migrate\`.`,
      );
    }
  } catch (error) {
    throw toStewardError(error);
  }
}
