import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { applyMigrations } from '../migrate.ts';
import { migrationScripts } from '../migrations/list.ts';
import type { Tables } from '../tables.ts';

// Making a database from nothing takes seconds, unpacking a finished one tenths of a second. A template holds the schema,
// so it belongs to the exact migrations and the exact version of PGlite.
async function templateName(): Promise<string> {
  const manifest = fileURLToPath(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')));
  const hash = createHash('sha256')
    .update(await readFile(manifest))
    .update(JSON.stringify(migrationScripts));
  return `pglite-${hash.digest('hex').slice(0, 16)}.tar`;
}

async function makeTemplate(): Promise<Blob> {
  const pglite = await PGlite.create();
  try {
    await applyMigrations(new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }));
    return await pglite.dumpDataDir('none');
  } finally {
    await pglite.close();
  }
}

/** A migrated, empty database as an archive: from `cacheDir`, where it is put when missing. */
export async function readTemplate(cacheDir: string): Promise<Blob> {
  const file = path.join(cacheDir, await templateName());
  const cached = await readFile(file).catch(() => null);
  if (cached !== null) return new Blob([cached]);
  const template = await makeTemplate();
  await mkdir(cacheDir, { recursive: true });
  // Others may be making the same file: each writes its own, and the last rename wins.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, template.stream());
  await rename(draft, file);
  return template;
}

/** Makes the directory of a new database: elsewhere first, so that a crash leaves no half of one. */
export async function createDirectory(options: {
  readonly dataDir: string;
  readonly cacheDir: string | null;
}): Promise<void> {
  const draft = `${options.dataDir}.${randomUUID()}`;
  await mkdir(path.dirname(options.dataDir), { recursive: true });
  const pglite =
    options.cacheDir === null
      ? await PGlite.create({ dataDir: draft })
      : await PGlite.create({ dataDir: draft, loadDataDir: await readTemplate(options.cacheDir) });
  await pglite.close();
  try {
    // Replaces an empty directory only.
    await rename(draft, options.dataDir);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
