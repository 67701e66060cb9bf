import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileStore } from '../../../src/files/file-store.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'steward-files-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('the file store', () => {
  it('stores bytes under their SHA-256 and gives them back', async () => {
    const store = openFileStore(join(directory, 'round-trip'));
    const stored = await store.put(new TextEncoder().encode('abc'));
    expect(stored).toEqual({ sha256: abc, size: 3 });
    expect(new TextDecoder().decode(await store.get(abc))).toBe('abc');
  });

  it('keeps one whole file when the same bytes are stored many times at once', async () => {
    const root = join(directory, 'parallel');
    const store = openFileStore(root);
    const bytes = new Uint8Array(200_000).fill(7);
    const stored = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes)));
    const hash = stored[0]?.sha256 ?? '';
    expect(new Set(stored.map((one) => one.sha256)).size).toBe(1);
    expect(await readdir(join(root, hash.slice(0, 2)))).toEqual([hash]);
  });

  it('knows nothing of a hash that was never stored, nor of a path that is no hash', async () => {
    const store = openFileStore(join(directory, 'empty'));
    await expect(store.get(abc)).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.get('../../etc/passwd')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses to hand out a file that was damaged on disk', async () => {
    const root = join(directory, 'damaged');
    const store = openFileStore(root);
    await store.put(new TextEncoder().encode('abc'));
    await writeFile(join(root, abc.slice(0, 2), abc), 'abd');
    await expect(store.get(abc)).rejects.toMatchObject({ code: 'internal' });
  });
});
