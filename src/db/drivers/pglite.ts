import { access } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { OpenedDatabase } from '../database.ts';
import { toStewardError } from '../errors.ts';
import type { Tables } from '../tables.ts';
import { lockDirectory } from './directory-lock.ts';
import { createDirectory, readTemplate } from './pglite-template.ts';
import { roleBound } from './roles.ts';
import { valueParsers } from './value-types.ts';

export type PgliteOptions = {
  readonly dataDir: string | null;
  readonly cacheDir: string | null;
  readonly onError: (error: Error) => void;
};

async function start(options: PgliteOptions): Promise<PGlite> {
  if (options.dataDir !== null) return PGlite.create({ dataDir: options.dataDir, parsers: { ...valueParsers } });
  if (options.cacheDir === null) return PGlite.create({ parsers: { ...valueParsers } });
  return PGlite.create({ loadDataDir: await readTemplate(options.cacheDir), parsers: { ...valueParsers } });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * Opens the embedded database in this process, in a directory or in memory. Throws `conflict` when another process has
 * the directory open: two of them would destroy it.
 */
export async function openPglite(options: PgliteOptions): Promise<OpenedDatabase> {
  const release = options.dataDir === null ? null : await lockDirectory(options.dataDir);
  try {
    if (options.dataDir !== null && !(await exists(path.join(options.dataDir, 'PG_VERSION')))) {
      await createDirectory({ dataDir: options.dataDir, cacheDir: options.cacheDir });
    }
    const pglite = await start(options);
    const owner = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    return {
      kind: 'pglite',
      owner,
      ...roleBound(owner),
      async listen(channel, onMessage) {
        const stop = await pglite
          .listen(channel, onMessage)
          .catch((error: unknown) => Promise.reject(toStewardError(error)));
        return () => (pglite.closed ? Promise.resolve() : stop());
      },
      async close() {
        await owner.destroy();
        if (!pglite.closed) await pglite.close();
        await release?.();
      },
    };
  } catch (error) {
    await release?.();
    throw error;
  }
}
