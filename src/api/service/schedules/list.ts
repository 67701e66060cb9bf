import { beyond } from '../../../db/records/page.ts';
import type { Page } from '../../runs-api.ts';
import type { ScheduleView } from '../../schedules-api.ts';
import type { CallContext } from '../context.ts';
import { notFound, requireId } from '../ids.ts';
import { decodeCursor, pageSize, toPage } from '../paging.ts';
import { requireScope } from '../scopes.ts';
import { scheduleView } from './views.ts';

/** The caller's schedules, newest first. */
export async function listSchedules(
  context: CallContext,
  filter: { readonly cursor?: string; readonly limit?: number },
): Promise<Page<ScheduleView>> {
  requireScope(context.caller, 'runs');
  const size = pageSize(filter.limit);
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const rows = await context.database.asUser(context.caller.userId, async (tx) => {
    return await tx
      .selectFrom('run_schedules')
      .selectAll()
      .where(beyond(after))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(size + 1)
      .execute();
  });
  return toPage(rows, size, { view: scheduleView, place: (row) => ({ at: row.created_at, id: row.id }) });
}

/** Throws `not_found`. */
export async function getSchedule(context: CallContext, { id }: { readonly id: string }): Promise<ScheduleView> {
  requireScope(context.caller, 'runs');
  requireId('schedule', id);
  const row = await context.database.asUser(
    context.caller.userId,
    async (tx) => await tx.selectFrom('run_schedules').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  if (row === undefined) throw notFound('schedule', id);
  return scheduleView(row);
}
