import { z } from 'zod';
import { readUsage } from '../../db/usage.ts';
import { usageGroups } from '../usage-api.ts';
import type { UsageQuery, UsageRow } from '../usage-api.ts';
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
  type: z.string().min(1).max(200).optional(),
  projectId: z.uuid('expected the id (UUID) of a project').optional(),
});

/** What the caller's model calls took, summed by day, model, operation, type, run, project or phase. */
export async function getUsage(context: CallContext, params: UsageQuery): Promise<readonly UsageRow[]> {
  requireScope(context.caller, 'runs');
  const { by, from, to, runId, type, projectId } = parseOrRefuse(query, params);
  const narrowed = { runId: runId ?? null, type: type ?? null, projectId: projectId ?? null };
  const filter = { by, from: from ?? null, to: to ?? null, ...narrowed };
  return await context.database.asUser(context.caller.userId, async (tx) => await readUsage(tx, filter));
}
