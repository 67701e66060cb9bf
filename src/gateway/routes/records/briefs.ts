import { z } from 'zod';
import type { DailyBriefView } from '../../../api/briefs-api.ts';
import { dataOf, pageOf, timestamp } from '../../../schemas/views/common.ts';
import { dropUndefined, id, paging } from '../../http/inputs.ts';
import { ok, page } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const day = z.iso.date('expected a day as YYYY-MM-DD');

const briefView = z
  .object({
    id: z.string(),
    date: z.string().meta({ description: 'The day it is for, in `timeZone`.', format: 'date' }),
    timeZone: z.string(),
    content: z.string().meta({ description: 'Markdown.' }),
    insights: z.string().nullable(),
    priorityActions: z.array(z.string()),
    projectBriefs: z.array(z.object({ projectId: z.string(), content: z.string() })),
    runId: z.string().nullable().meta({ description: 'The run that wrote it.' }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'DailyBrief' }) satisfies z.ZodType<DailyBriefView>;

export const briefRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/daily-briefs',
    tag: 'Records',
    operation: 'listBriefs',
    summary: 'Daily briefs, latest day first; or the one of a day',
    access: ['records'],
    query: z.strictObject({ date: day.exactOptional(), ...paging }),
    answers: { 200: { description: 'A page of briefs.', schema: pageOf(briefView) } },
    handle: async ({ api, query }) => page(await api.listBriefs(dropUndefined(query))),
  }),
  defineRoute({
    method: 'get',
    path: '/api/daily-briefs/:id',
    tag: 'Records',
    operation: 'getBrief',
    summary: 'A daily brief',
    access: ['records'],
    params: z.object({ id }),
    answers: { 200: { description: 'The brief.', schema: dataOf(briefView) } },
    handle: async ({ api, params }) => ok(await api.getBrief({ briefId: params.id })),
  }),
];
