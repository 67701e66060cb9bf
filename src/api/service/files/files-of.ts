import { z } from 'zod';
import * as files from '../../../db/files.ts';
import { searchSources } from '../../../db/search.ts';
import { sourceKinds } from '../../../contract/facts/source-facts.ts';
import type { FilesApi, FileView } from '../../files-api.ts';
import type { CallContext } from '../context.ts';
import { requireId } from '../ids.ts';
import { decodeCursor, pageSize, toPage } from '../paging.ts';
import { parseOrRefuse } from '../runs/check-start.ts';
import { requireScope } from '../scopes.ts';
import { addFile, addFiles, fileView } from './add-file.ts';

async function getFile(context: CallContext, { fileId }: { readonly fileId: string }): Promise<FileView> {
  requireScope(context.caller, 'records');
  requireId('file', fileId);
  const { userId } = context.caller;
  return fileView(await context.database.asUser(userId, async (tx) => await files.getFile(tx, { id: fileId })));
}

async function listFiles(
  context: CallContext,
  params: Parameters<FilesApi['listFiles']>[0],
): ReturnType<FilesApi['listFiles']> {
  requireScope(context.caller, 'records');
  const { projectId, taskId, cursor } = params;
  if (projectId !== undefined) requireId('project', projectId);
  if (taskId !== undefined) requireId('task', taskId);
  const size = pageSize(params.limit);
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const query = { projectId, taskId, after, limit: size + 1 };
  const rows = await context.database.asUser(context.caller.userId, async (tx) => await files.listFiles(tx, query));
  return toPage(rows, size, { view: fileView, place: (row) => ({ at: row.created_at, id: row.id }) });
}

// The bytes stay in the store, which keeps the same bytes once for everybody: others may have stored them as well.
async function deleteFile(context: CallContext, { fileId }: { readonly fileId: string }): Promise<void> {
  requireScope(context.caller, 'records');
  requireId('file', fileId);
  await context.database.asUser(context.caller.userId, async (tx) => await files.deleteFile(tx, { id: fileId }));
}

const searchParams = z.object({
  query: z.string().trim().min(1, 'give some words to look for').max(1_000),
  kinds: z
    .array(z.enum(sourceKinds, `expected one of: ${sourceKinds.join(', ')}`))
    .min(1)
    .optional(),
  projectId: z.guid('expected an id (UUID)').optional(),
  limit: z.int('expected a whole number').min(1).max(100).default(20),
});

async function search(context: CallContext, params: Parameters<FilesApi['search']>[0]): ReturnType<FilesApi['search']> {
  requireScope(context.caller, 'records');
  const checked = parseOrRefuse(searchParams, params);
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => await searchSources(tx, { userId, ...checked }));
}

/** The caller's files, and the search over all that is theirs. */
export function filesOf(context: CallContext): FilesApi {
  return {
    addFile: async (params) => await addFile(context, params),
    addFiles: async (params) => await addFiles(context, params),
    listFiles: async (params) => await listFiles(context, params),
    getFile: async (params) => await getFile(context, params),
    async readFile(params) {
      const file = await getFile(context, params);
      return { file, bytes: new Uint8Array(await context.files.get(file.sha256)) };
    },
    deleteFile: async (params) => await deleteFile(context, params),
    search: async (params) => await search(context, params),
  };
}
