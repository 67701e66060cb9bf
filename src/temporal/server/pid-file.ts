import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StewardError } from '../../contract/errors.ts';
import { readProcess } from './process-info.ts';
import { stopProcess } from './stop-process.ts';

const content = z.object({ pid: z.int().positive(), ownerPid: z.int().positive() });

async function read(path: string): Promise<z.infer<typeof content> | null> {
  try {
    return content.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Missing, or cut short by a crash: then it names nobody.
    return null;
  }
}

/** Notes that the server `pid` works on this data directory for us. */
export async function writePidFile(path: string, pid: number): Promise<void> {
  await writeFile(path, JSON.stringify({ pid, ownerPid: process.pid }));
}

export async function removePidFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/**
 * Ends a server that outlived the process which started it. `mark` must occur in its command line (the database file), or
 * the number belongs to somebody else by now. Throws `conflict` when its owner is alive: one data directory, one owner.
 */
export async function stopLeftover(path: string, mark: string): Promise<boolean> {
  const noted = await read(path);
  if (noted === null) return false;
  const found = await readProcess(noted.pid);
  const ours = found !== null && found.command.includes(mark);
  if (ours && found.parentPid === noted.ownerPid && noted.ownerPid !== process.pid) {
    const message = `Another Steward (process ${noted.ownerPid}) uses this data directory: stop it, or set STEWARD_DATA_DIR.`;
    throw new StewardError('conflict', message);
  }
  if (ours) await stopProcess(noted.pid);
  await removePidFile(path);
  return ours;
}
