import { z } from 'zod';
import { readUsage } from '../../db/usage.ts';
import { usageGroups } from '../usage-api.ts';
import type { UsageGroup, UsageRow } from '../usage-api.ts';
import type { CallContext } from './context.ts';
import { parseOrRefuse } from './runs/check-start.ts';
import { requireScope } from './scopes.ts';

const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'expected a date or an ISO 8601 time with zone')
  .optional();
const query = z.strictObject({
  by: z.enum(usageGroups),
  from: time,
  to: time,
  runId: z.uuid('expected the id (UUID) of a run').optional(),
});

type UsageParams = { readonly by: UsageGroup; readonly from?: string; readonly to?: string; readonly runId?: string };

/** What the caller's model calls took, summed by day, model, operation, type or run. */
export async function getUsage(context: CallContext, params: UsageParams): Promise<readonly UsageRow[]> {
  requireScope(context.caller, 'runs');
  const { by, from, to, runId } = parseOrRefuse(query, params);
  const filter = { by, from: from ?? null, to: to ?? null, runId: runId ?? null };
  return await context.database.asUser(context.caller.userId, async (tx) => await readUsage(tx, filter));
}
