import { access, rm, writeFile } from 'node:fs/promises';

function markerOf(databaseFile: string): string {
  return `${databaseFile}.unfinished`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes sure that no half-made database stands in the way. A server killed while it makes its tables leaves a file that
 * no later start repairs ("no such table: namespaces"). A new file is marked until its server was ready once; before that
 * no run can be in it, so a marked one is made anew. Files without a mark are never touched.
 */
export async function prepareDatabaseFile(databaseFile: string): Promise<void> {
  const marker = markerOf(databaseFile);
  if (await exists(marker)) {
    for (const ending of ['', '-wal', '-shm']) await rm(`${databaseFile}${ending}`, { force: true });
  }
  if (!(await exists(databaseFile))) await writeFile(marker, '');
}

/** Says that the server of this file was ready: from now on it holds runs. */
export async function confirmDatabaseFile(databaseFile: string): Promise<void> {
  await rm(markerOf(databaseFile), { force: true });
}
