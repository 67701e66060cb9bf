import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { DailyBriefsTable } from '../../../db/tables/brief-tables.ts';
import type { BriefsApi, DailyBriefView } from '../../briefs-api.ts';
import type { CallContext } from '../context.ts';
import { notFound, requireId } from '../ids.ts';
import { decodeCursor, pageSize, toPage } from '../paging.ts';
import { parseOrRefuse } from '../runs/check-start.ts';
import { requireScope } from '../scopes.ts';

const day = z.iso.date('expected a day as YYYY-MM-DD').optional();

function briefView(row: Selectable<DailyBriefsTable>): DailyBriefView {
  return {
    id: row.id,
    date: row.brief_date,
    timeZone: row.time_zone,
    content: row.content,
    insights: row.insights,
    priorityActions: row.priority_actions,
    projectBriefs: row.project_briefs,
    runId: row.run_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

async function listBriefs(
  context: CallContext,
  filter: Parameters<BriefsApi['listBriefs']>[0],
): ReturnType<BriefsApi['listBriefs']> {
  requireScope(context.caller, 'records');
  const date = parseOrRefuse(day, filter.date, 'date');
  const size = pageSize(filter.limit);
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const rows = await context.database.asUser(context.caller.userId, async (tx) => {
    let query = tx.selectFrom('daily_briefs').selectAll();
    if (date !== undefined) query = query.where('brief_date', '=', date);
    if (after !== null) query = query.where('brief_date', '<', after.at.slice(0, 10));
    return await query
      .orderBy('brief_date', 'desc')
      .limit(size + 1)
      .execute();
  });
  // One a day: the day alone is the place.
  const place = (row: (typeof rows)[number]) => ({ at: `${row.brief_date}T00:00:00Z`, id: row.id });
  return toPage(rows, size, { view: briefView, place });
}

async function getBrief(context: CallContext, { briefId }: { readonly briefId: string }): Promise<DailyBriefView> {
  requireScope(context.caller, 'records');
  requireId('daily brief', briefId);
  const row = await context.database.asUser(
    context.caller.userId,
    async (tx) => await tx.selectFrom('daily_briefs').selectAll().where('id', '=', briefId).executeTakeFirst(),
  );
  if (row === undefined) throw notFound('daily brief', briefId);
  return briefView(row);
}

export function briefsOf(context: CallContext): BriefsApi {
  return {
    listBriefs: async (filter) => await listBriefs(context, filter),
    getBrief: async (params) => await getBrief(context, params),
  };
}
