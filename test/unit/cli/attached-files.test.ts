import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileView, NewFile } from '../../../src/api/files-api.ts';
import { attachFiles, writeFiles } from '../../../src/cli/commands/records/attached-files.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steward-export-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const bytes = new TextEncoder().encode('a lease');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const row = { id: 'f1', name: 'lease.txt', mime_type: 'text/plain', sha256, project_id: 'p1', task_id: 't-gone' };
const document = { files: [row], projects: [{ id: 'p1' }], tasks: [] };

function viewOf({ name, mimeType, projectId, taskId }: Omit<NewFile, 'bytes'>): FileView {
  const owner = { projectId: projectId ?? null, taskId: taskId ?? null };
  return { id: 'f2', name, mimeType, sizeBytes: 7, sha256, ...owner, searchable: true, createdAt: '' };
}

function account() {
  const added: NewFile[] = [];
  return {
    added,
    addFile: async (file: NewFile) => {
      added.push(file);
      return await Promise.resolve(viewOf(file));
    },
    listFiles: async () => await Promise.resolve({ items: added.map(viewOf), nextCursor: null }),
    readFile: async () => await Promise.resolve({ file: viewOf({ name: row.name, mimeType: row.mime_type }), bytes }),
  };
}

test('attached files come back with what they belong to, and none twice', async () => {
  expect(await writeFiles(account(), document, path.join(folder, 'files'))).toBe(1);
  expect(await readdir(path.join(folder, 'files'))).toEqual([sha256]);
  const into = account();
  expect(await attachFiles(into, document, path.join(folder, 'files'))).toBe(1);
  // The task was deleted before the export, so the file has none.
  expect(into.added).toEqual([{ name: 'lease.txt', mimeType: 'text/plain', bytes, projectId: 'p1' }]);
  expect(await attachFiles(into, document, path.join(folder, 'files'))).toBe(0);
});

test('a file that is missing, or is not what was exported, is refused by its name', async () => {
  const refusalOf = async (): Promise<unknown> =>
    await attachFiles(account(), document, folder).catch((error: unknown) => error);
  expect(await refusalOf()).toBeInstanceOf(UsageError);
  await writeFile(path.join(folder, sha256), 'another text');
  expect(String(await refusalOf())).toContain('"lease.txt" as it was exported');
});
