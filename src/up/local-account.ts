import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../db/database.ts';
import { createToken, verifyToken } from '../db/tokens.ts';
import { ensureLocalUser, localUserId } from '../db/users.ts';

const ownerOnly = 0o600;

/** Where `steward up` leaves what clients on this machine need. */
export function tokenFile(dataDir: string): string {
  return join(dataDir, 'token');
}

/** The gateway's address, for clients on this machine. */
export async function writeUrl(dataDir: string, url: string): Promise<void> {
  await writeFile(join(dataDir, 'url'), `${url}\n`);
}

async function readToken(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Makes the local user and its token at first start; the token lies in `<data dir>/token`, readable by its owner alone.
 * A token file that fits no token of the database (a new database, say) is written anew.
 */
export async function ensureLocalAccount(database: Database, dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await database.asService(async (tx) => await ensureLocalUser(tx, { name: 'Local user', timezone }));
  const file = tokenFile(dataDir);
  const known = await readToken(file);
  if (known !== null && (await isValid(database, known))) {
    await chmod(file, ownerOnly);
    return;
  }
  const made = await database.asService(
    async (tx) => await createToken(tx, { userId: localUserId, name: 'local', scopes: ['admin'], expiresAt: null }),
  );
  await writeFile(file, `${made.token}\n`, { mode: ownerOnly });
  await chmod(file, ownerOnly);
}

async function isValid(database: Database, token: string): Promise<boolean> {
  const verified = await database.asService(async (tx) => await verifyToken(tx, { token, now: new Date() }));
  return verified !== null;
}
