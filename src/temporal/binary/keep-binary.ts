import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Lets `make` write a binary beside `path` and renames it into place when it is whole, so that a kill in the middle
 * leaves nothing that looks finished, and two processes at once don't hurt each other. Throws what `make` throws.
 */
export async function keepBinary(path: string, make: (draft: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.part`;
  try {
    await make(draft);
    await chmod(draft, 0o755);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
