import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StewardError } from '../../../contract/errors.ts';
import { insertFile } from '../../../db/files.ts';
import type { FileRow } from '../../../db/files.ts';
import { extractText, mimeTypeOf } from '../../../files/extract-text.ts';
import { largestFileBytes } from '../../files-api.ts';
import type { FileView, NewFile } from '../../files-api.ts';
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

/** Reads the text out first, and writes row and bytes together: a file that is refused leaves nothing behind. */
export async function addFile(context: CallContext, params: NewFile): Promise<FileView> {
  requireScope(context.caller, 'records');
  const { bytes } = params;
  const { name, projectId, taskId, ...given } = parseOrRefuse(about, params);
  if (bytes.byteLength > largestFileBytes) {
    throw new StewardError('payload_too_large', `"${name}" is larger than ${largestFileBytes} bytes.`, {
      details: { limit: largestFileBytes },
    });
  }
  const mimeType = mimeTypeOf({ name, mimeType: given.mimeType });
  const text = await extractText(bytes, mimeType);
  const { userId } = context.caller;
  try {
    return await context.database.asUser(userId, async (tx) => {
      const row = await insertFile(tx, {
        user_id: userId,
        project_id: projectId ?? null,
        task_id: taskId ?? null,
        name,
        mime_type: mimeType,
        size_bytes: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        text,
      });
      // Last, so that a wrong project leaves no bytes, and lost bytes leave no row.
      await context.files.put(bytes);
      return fileView(row);
    });
  } catch (error) {
    throw withField(error);
  }
}
