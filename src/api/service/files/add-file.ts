import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StewardError, invalidInput } from '../../../contract/errors.ts';
import { insertFile } from '../../../db/files.ts';
import type { FileRow } from '../../../db/files.ts';
import { extractText, mimeTypeOf } from '../../../files/extract-text.ts';
import { largestFileBytes, mostFilesAtOnce } from '../../files-api.ts';
import type { FileView, NewFile, NewFiles } from '../../files-api.ts';
import type { CallContext } from '../context.ts';
import { withField } from '../records/fields.ts';
import { parseOrRefuse } from '../runs/check-start.ts';
import { requireScope } from '../scopes.ts';

const reference = z.guid('expected an id (UUID)').optional();
const about = z.object({
  // A name and no path: it is shown, and offered when the file is downloaded.
  name: z
    .string()
    .trim()
    .min(1, 'give the name of the file')
    .max(255)
    .regex(/^[^/\\\p{Cc}]+$/u, 'must be a name without slashes and control characters'),
  mimeType: z.string().max(255),
  projectId: reference,
  taskId: reference,
});

export function fileView(row: FileRow): FileView {
  return {
    id: row.id,
    name: row.name,
    mimeType: row.mime_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    projectId: row.project_id,
    taskId: row.task_id,
    searchable: row.searchable,
    createdAt: row.created_at,
  };
}

type Values = Parameters<typeof insertFile>[1];
type Prepared = { readonly values: Values; readonly bytes: Uint8Array };

/** Reads the text out, before anything is written. */
async function prepare(params: NewFile, userId: string): Promise<Prepared> {
  const { bytes } = params;
  const { name, projectId, taskId, ...given } = parseOrRefuse(about, params);
  if (bytes.byteLength > largestFileBytes) {
    throw new StewardError('payload_too_large', `"${name}" is larger than ${largestFileBytes} bytes.`, {
      details: { limit: largestFileBytes },
    });
  }
  const mimeType = mimeTypeOf({ name, mimeType: given.mimeType });
  const values = {
    user_id: userId,
    project_id: projectId ?? null,
    task_id: taskId ?? null,
    name,
    mime_type: mimeType,
    size_bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    text: await extractText(bytes, mimeType),
  };
  return { values, bytes };
}

/** Writes rows and bytes together: files that are refused leave nothing behind. */
async function store(context: CallContext, files: readonly Prepared[]): Promise<readonly FileView[]> {
  try {
    return await context.database.asUser(context.caller.userId, async (tx) => {
      const rows: FileRow[] = [];
      for (const { values } of files) rows.push(await insertFile(tx, values));
      // Last, so that a wrong project leaves no bytes, and lost bytes leave no row.
      for (const { bytes } of files) await context.files.put(bytes);
      return rows.map(fileView);
    });
  } catch (error) {
    throw withField(error);
  }
}

export async function addFile(context: CallContext, params: NewFile): Promise<FileView> {
  requireScope(context.caller, 'records');
  const [file] = await store(context, [await prepare(params, context.caller.userId)]);
  if (file === undefined) throw new StewardError('internal', 'The file that was stored is not there.');
  return file;
}

/** Says of which file a refusal is; what is wrong with its content is the extraction's `body`. */
function ofFile(error: unknown, index: number, name: string): unknown {
  if (!(error instanceof StewardError) || error.details.problems === undefined) return error;
  const problems = error.details.problems.map(({ path, message }) =>
    path === 'projectId' || path === 'taskId'
      ? { path, message }
      : { path: `files.${index}.${path === 'body' ? 'bytes' : path}`, message: `"${name}" ${message}` },
  );
  const { message, details } = invalidInput(problems);
  return new StewardError(error.code, message, { details, cause: error });
}

/** Adds files together: all of them or none. */
export async function addFiles(context: CallContext, params: NewFiles): Promise<readonly FileView[]> {
  requireScope(context.caller, 'records');
  const { files, ...owner } = params;
  if (files.length === 0 || files.length > mostFilesAtOnce)
    throw invalidInput([{ path: 'files', message: `expected 1 to ${mostFilesAtOnce} files` }]);
  const prepared: Prepared[] = [];
  for (const [index, file] of files.entries()) {
    try {
      prepared.push(await prepare({ ...file, ...owner }, context.caller.userId));
    } catch (error) {
      throw ofFile(error, index, file.name);
    }
  }
  return await store(context, prepared);
}
