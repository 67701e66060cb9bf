import { z } from 'zod';
import { dataOf, jsonObject } from '../../../schemas/views/common.ts';
import { toJsonObject } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

export const transferRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/export',
    tag: 'Records',
    operation: 'exportAll',
    summary: 'Everything you own but attached files, as one document',
    access: ['records'],
    answers: { 200: { description: 'The document.', schema: dataOf(jsonObject) } },
    handle: async ({ api }) =>
      ok(await api.exportAll(), { headers: { 'Content-Disposition': 'attachment; filename="steward-export.json"' } }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/import',
    tag: 'Records',
    operation: 'importAll',
    summary: 'Take an exported document back; what is there already is skipped',
    access: ['records'],
    // As downloaded, within its `data`, or bare.
    body: z.union([z.strictObject({ data: jsonObject }).transform(({ data }) => data), jsonObject]),
    bodyShown: jsonObject,
    bodyLimit: 'import',
    answers: {
      200: {
        description: 'How many rows of each kind were made.',
        schema: dataOf(z.object({ created: z.record(z.string(), z.int()), skipped: z.int() })),
      },
    },
    handle: async ({ api, body }) => ok(await api.importAll({ document: toJsonObject(body) })),
  }),
];
