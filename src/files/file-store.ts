import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StewardError } from '../contract/errors.ts';

export type StoredFile = { readonly sha256: string; readonly size: number };

/** Bytes under their own SHA-256 (hex): the same bytes are stored once, and a stored file never changes. */
export interface FileStore {
  /** `size` in bytes. Safe to repeat and to run side by side with the same bytes. */
  put(bytes: Uint8Array): Promise<StoredFile>;
  /** Throws `not_found` for an unknown hash and `internal` when the bytes on disk are not those of the hash. */
  get(sha256: string): Promise<Uint8Array>;
}

const hexPattern = /^[0-9a-f]{64}$/;

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

// A reader sees the whole file or none: written beside its place, synced, then renamed.
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** A store in the folder `directory`, made when first needed; two levels, so that no folder grows too large. */
export function openFileStore(directory: string): FileStore {
  return {
    async put(bytes) {
      const sha256 = hashOf(bytes);
      const folder = join(directory, sha256.slice(0, 2));
      const path = join(folder, sha256);
      if (!(await exists(path))) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(path, bytes);
      }
      return { sha256, size: bytes.byteLength };
    },
    async get(sha256) {
      if (!hexPattern.test(sha256))
        throw new StewardError('not_found', `${sha256} is not the SHA-256 of a stored file.`);
      let bytes: Uint8Array;
      try {
        bytes = await readFile(join(directory, sha256.slice(0, 2), sha256));
      } catch (error) {
        if (isMissing(error))
          throw new StewardError('not_found', `No file is stored under ${sha256}.`, { cause: error });
        throw error;
      }
      if (hashOf(bytes) !== sha256) throw new StewardError('internal', `The file stored under ${sha256} is damaged.`);
      return bytes;
    },
  };
}
