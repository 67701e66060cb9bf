import { z } from 'zod';
import { mostFilesAtOnce } from '../../../api/files-api.ts';
import type { FileOwner, FilesApi, FileView } from '../../../api/files-api.ts';
import { StewardError, invalidInput } from '../../../contract/errors.ts';
import { dataOf, pageOf, timestamp } from '../../../schemas/views/common.ts';
import { FileBody } from '../../http/file-body.ts';
import { fileField, FormBody } from '../../http/form-body.ts';
import { dropUndefined, id, paging } from '../../http/inputs.ts';
import { noContent, ok, page } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import { safeType } from '../../http/safe-type.ts';

const fileView = z
  .object({
    id: z.string(),
    name: z.string(),
    mimeType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    projectId: z.string().nullable(),
    taskId: z.string().nullable(),
    searchable: z.boolean().meta({ description: 'Whether text was found in it; without, no search finds it.' }),
    createdAt: timestamp,
  })
  .meta({ id: 'File' }) satisfies z.ZodType<FileView>;
const params = z.object({ fileId: id });
const owner = { projectId: id.exactOptional(), taskId: id.exactOptional() };

type Sent = { readonly name: string | undefined; readonly of: FileOwner };

/** Problems as the form names its files: `file`, or `file.0` and so on. */
function inForm(error: unknown, count: number): unknown {
  if (!(error instanceof StewardError) || error.details.problems === undefined) return error;
  const problems = error.details.problems.map(({ path, message }) => {
    const [, index] = /^files\.(\d+)\./.exec(path) ?? [];
    return { path: index === undefined ? path : fileField(Number(index), count), message };
  });
  const { message, details } = invalidInput(problems);
  return new StewardError(error.code, message, { details: { ...error.details, ...details }, cause: error });
}

async function addForm(api: FilesApi, { files }: FormBody, { name, of }: Sent): Promise<readonly FileView[]> {
  if (name !== undefined && files.length > 1)
    throw invalidInput([{ path: 'name', message: 'is one name for several files: they have their own' }]);
  try {
    return await api.addFiles({
      ...of,
      files: files.map((file) => ({ name: name ?? file.name, mimeType: file.body.mimeType, bytes: file.body.bytes })),
    });
  } catch (error) {
    throw inForm(error, files.length);
  }
}

const whole = [
  defineRoute({
    method: 'post',
    path: '/api/files',
    tag: 'Files',
    operation: 'addFile',
    summary: 'Attach a file: its bytes as the body, its type as Content-Type; or files of a form',
    description: [
      'Text is read out of text, Markdown, CSV, JSON, YAML, XML, HTML, iCalendar (all UTF-8) and PDF. Other files are kept as they are, with `searchable: false`. At most 20 MB.',
      `A form (multipart/form-data) carries 1 to ${mostFilesAtOnce} files, each as \`file\` with its filename, at most 20 MB each and 60 MB together; all are kept or none. Its answer is a list.`,
    ].join('\n\n'),
    access: ['records'],
    query: z.strictObject({
      name: z
        .string()
        .min(1)
        .max(255)
        .exactOptional()
        .meta({ description: 'Of the file; files of a form have theirs.' }),
      ...owner,
    }),
    bodyType: 'file',
    bodyLimit: 'file',
    body: z.union([z.instanceof(FileBody), z.instanceof(FormBody)]),
    bodyShown: z.string().meta({ format: 'binary' }),
    answers: {
      201: {
        description: 'The file; of a form the list of its files.',
        schema: dataOf(z.union([fileView, z.array(fileView)])),
      },
    },
    handle: async ({ api, query, body }) => {
      const { name, ...of } = dropUndefined(query);
      if (body instanceof FormBody) return ok(await addForm(api, body, { name, of }), { status: 201 });
      if (name === undefined) throw invalidInput([{ path: 'name', message: 'give the name of the file' }]);
      const file = await api.addFile({ name, ...of, mimeType: body.mimeType, bytes: body.bytes });
      return ok(file, { status: 201, headers: { Location: `/api/files/${file.id}` } });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/files',
    tag: 'Files',
    operation: 'listFiles',
    summary: 'Your files, newest first',
    access: ['records'],
    query: z.strictObject({ ...owner, ...paging }),
    answers: { 200: { description: 'A page of files.', schema: pageOf(fileView) } },
    handle: async ({ api, query }) => page(await api.listFiles(query)),
  }),
];

const one = [
  defineRoute({
    method: 'get',
    path: '/api/files/:fileId',
    tag: 'Files',
    operation: 'getFile',
    summary: 'What is known of a file',
    access: ['records'],
    params,
    answers: { 200: { description: 'The file.', schema: dataOf(fileView) } },
    handle: async ({ api, params: named }) => ok(await api.getFile(named)),
  }),
  defineRoute({
    method: 'get',
    path: '/api/files/:fileId/content',
    tag: 'Files',
    operation: 'downloadFile',
    summary: 'Download a file',
    access: ['records'],
    params,
    answers: { 200: { description: 'The bytes, as an attachment.', mediaType: 'application/octet-stream' } },
    handle: async ({ api, params: named }) => {
      const { file, bytes } = await api.readFile(named);
      return { kind: 'bytes', status: 200, mediaType: safeType(file.mimeType), bytes, filename: file.name };
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/api/files/:fileId',
    tag: 'Files',
    operation: 'deleteFile',
    summary: 'Remove a file',
    access: ['records'],
    params,
    answers: { 204: { description: 'It is gone.' } },
    handle: async ({ api, params: named }) => {
      await api.deleteFile(named);
      return noContent;
    },
  }),
];

export const fileRoutes = [...whole, ...one];
