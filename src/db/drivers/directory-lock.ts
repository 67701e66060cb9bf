import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StewardError } from '../../contract/errors.ts';

function isAnswering(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listenOn(address: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(address, () => resolve(server.unref()));
  });
}

/**
 * Claims a directory for this process until the returned function is called or the process ends, however it ends: a
 * listening socket, unlike a file with a process id, is gone with its process. Throws `conflict` when it is claimed.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const name = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 24);
  const address = path.join(tmpdir(), `steward-${name}.sock`);
  const taken = new StewardError(
    'conflict',
    `The database in ${directory} is in use by another Steward process: stop it first, or choose another data directory.`,
  );
  if (await isAnswering(address)) throw taken;
  await rm(address, { force: true });
  const server = await listenOn(address).catch((cause: unknown) => {
    throw new StewardError('conflict', taken.message, { cause });
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
}
