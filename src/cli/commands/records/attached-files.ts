import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FileView } from '../../../api/files-api.ts';
import type { StewardApi } from '../../../api/steward-api.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { UsageError } from '../../usage-error.ts';

const row = z.object({ id: z.string() });
const fileRow = z.object({
  id: z.string(),
  name: z.string(),
  mime_type: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  project_id: z.string().nullable(),
  task_id: z.string().nullable(),
});
const shown = z.object({
  files: z.array(fileRow).default([]),
  projects: z.array(row).default([]),
  tasks: z.array(row).default([]),
});
type FileRow = z.infer<typeof fileRow>;
type Files = Pick<StewardApi, 'addFile' | 'listFiles' | 'readFile'>;

// The owner's alone, as the document is.
const folderMode = 0o700;
const fileMode = 0o600;

function whyOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function readDocument(document: JsonObject): z.infer<typeof shown> {
  const parsed = shown.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`file.json: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'is none'}`);
}

/** Writes the bytes of a document's files, each under its SHA-256. Returns how many files they are. */
export async function writeFiles(api: Files, document: JsonObject, folder: string): Promise<number> {
  const { files } = readDocument(document);
  try {
    await mkdir(folder, { recursive: true, mode: folderMode });
    for (const { id, sha256 } of files) {
      const { bytes } = await api.readFile({ fileId: id });
      await writeFile(join(folder, sha256), bytes, { mode: fileMode });
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new UsageError(`--files: can't write to "${folder}": ${whyOf(error)}`);
    throw error;
  }
  return files.length;
}

async function readBytes(folder: string, { name, sha256 }: FileRow): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, sha256);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UsageError(`--files: can't read "${path}", which is "${name}": ${whyOf(error)}`);
  });
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return new Uint8Array(bytes);
  throw new UsageError(`--files: "${path}" is not "${name}" as it was exported: its bytes have changed`);
}

function keyOf(file: Pick<FileView, 'name' | 'sha256' | 'projectId' | 'taskId'>): string {
  return JSON.stringify([file.name, file.sha256, file.projectId, file.taskId]);
}

async function knownKeys(api: Files): Promise<Set<string>> {
  const keys = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<Files['listFiles']>> = await api.listFiles({
      limit: 200,
      ...(cursor === '' ? {} : { cursor }),
    });
    for (const file of page.items) keys.add(keyOf(file));
    cursor = page.nextCursor;
  }
  return keys;
}

/**
 * Attaches a document's files again, from where `writeFiles` put them; what is there already is passed by. A project or
 * task that the document does not have was deleted: the file comes back without it. Returns how many were attached.
 */
export async function attachFiles(api: Files, document: JsonObject, folder: string): Promise<number> {
  const { files, projects, tasks } = readDocument(document);
  const there = new Set([...projects, ...tasks].map(({ id }) => id));
  const known = await knownKeys(api);
  let attached = 0;
  for (const file of files) {
    const projectId = file.project_id !== null && there.has(file.project_id) ? file.project_id : null;
    const taskId = file.task_id !== null && there.has(file.task_id) ? file.task_id : null;
    const { name, sha256, mime_type: mimeType } = file;
    if (known.has(keyOf({ name, sha256, projectId, taskId }))) continue;
    const bytes = await readBytes(folder, file);
    const owner = { ...(projectId === null ? {} : { projectId }), ...(taskId === null ? {} : { taskId }) };
    await api.addFile({ name, mimeType, bytes, ...owner });
    attached += 1;
  }
  return attached;
}
