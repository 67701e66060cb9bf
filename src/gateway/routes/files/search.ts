import { z } from 'zod';
import { sourceKinds } from '../../../contract/facts/source-facts.ts';
import type { SearchHitView } from '../../../api/files-api.ts';
import { dataOf, timestamp } from '../../../schemas/views/common.ts';
import { dropUndefined, id } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const kind = z.enum(sourceKinds, `expected one of: ${sourceKinds.join(', ')}`);
const hit = z
  .object({
    kind,
    id: z.string(),
    title: z.string(),
    rank: z.number().meta({ description: 'From 0 to 1.' }),
    excerpt: z.string(),
    updatedAt: timestamp,
    projectId: z.string().nullable(),
  })
  .meta({ id: 'SearchHit' }) satisfies z.ZodType<SearchHitView>;

const query = z.strictObject({
  q: z
    .string('give some words to look for')
    .trim()
    .min(1, 'give some words to look for')
    .max(1_000)
    .meta({ description: 'Words; "a phrase" stays whole, and -word leaves out what says it.' }),
  kinds: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(kind))
    .exactOptional()
    .meta({ description: `Of these kinds only, separated by commas: ${sourceKinds.join(', ')}.` }),
  projectId: id.exactOptional(),
  limit: z.coerce.number('expected a whole number').int().min(1).max(100).exactOptional(),
});

export const searchRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/search',
    tag: 'Files',
    operation: 'search',
    summary: 'Find notes, tasks, projects, brain dumps and files by their words, best first',
    access: ['records'],
    query,
    answers: { 200: { description: 'What was found.', schema: dataOf(z.array(hit)) } },
    handle: async ({ api, query: { q, ...rest } }) => ok(await api.search({ query: q, ...dropUndefined(rest) })),
  }),
];
