import { z } from 'zod';
import type { FileView } from '../../../api/files-api.ts';
import { dataOf, pageOf, timestamp } from '../../../schemas/views/common.ts';
import { FileBody } from '../../http/file-body.ts';
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

const whole = [
  defineRoute({
    method: 'post',
    path: '/api/files',
    tag: 'Files',
    operation: 'addFile',
    summary: 'Attach a file: its bytes as the body, its type as Content-Type',
    description:
      'Text is read out of text, Markdown, CSV, JSON, YAML, XML, HTML, iCalendar (all UTF-8) and PDF. Other files are kept as they are, with `searchable: false`. At most 20 MB.',
    access: ['records'],
    query: z.strictObject({ name: z.string('give the name of the file').min(1).max(255), ...owner }),
    bodyType: 'file',
    bodyLimit: 'file',
    body: z.instanceof(FileBody),
    bodyShown: z.string().meta({ format: 'binary' }),
    answers: { 201: { description: 'The file.', schema: dataOf(fileView) } },
    handle: async ({ api, query, body }) => {
      const file = await api.addFile({ ...dropUndefined(query), mimeType: body.mimeType, bytes: body.bytes });
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
