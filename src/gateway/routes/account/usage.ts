import { z } from 'zod';
import { usageGroups } from '../../../api/usage-api.ts';
import type { UsageRow } from '../../../api/usage-api.ts';
import { dataOf, usd } from '../../../schemas/views/common.ts';
import { id, instantOrDay } from '../../http/inputs.ts';
import { ok } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

const row = z
  .object({
    group: z.string(),
    calls: z.int(),
    cachedCalls: z.int(),
    failedCalls: z.int(),
    promptTokens: z.int(),
    completionTokens: z.int(),
    costUsd: usd,
    unknownCostCalls: z.int().meta({ description: 'Calls whose cost nobody knows; not in costUsd.' }),
  })
  .meta({ id: 'Usage' }) satisfies z.ZodType<UsageRow>;

export const usageRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/usage',
    tag: 'Account',
    operation: 'getUsage',
    summary: 'Model calls, tokens and cost by day, model, operation, type, run, project or phase',
    access: ['runs'],
    query: z.strictObject({
      by: z.enum(usageGroups).default('day'),
      from: instantOrDay.exactOptional(),
      to: instantOrDay.exactOptional(),
      runId: id.exactOptional(),
      type: z.string().min(1).max(200).exactOptional(),
      projectId: id.exactOptional(),
    }),
    answers: { 200: { description: 'One row a group.', schema: dataOf(z.array(row)) } },
    handle: async ({ api, query }) => ok(await api.getUsage(query)),
  }),
];
