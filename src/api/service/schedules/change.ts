import { findProject } from '../../../runs/find-project.ts';
import type { ScheduleChanges, ScheduleView } from '../../schedules-api.ts';
import type { CallContext } from '../context.ts';
import { findContract } from '../runs/check-start.ts';
import { requireScope } from '../scopes.ts';
import { checkSchedule } from './check-schedule.ts';
import type { WholeSchedule } from './check-schedule.ts';
import { columnsOf, standing } from './create.ts';
import { lockSchedule, wake } from './find.ts';
import { scheduleView } from './views.ts';
import type { ScheduleRow } from './views.ts';

const timingFields = ['cron', 'timeZone', 'from', 'until'] as const;

/** What a row says, as it was said when the schedule was made. */
export function said(row: ScheduleRow): WholeSchedule {
  const { id: _id, ...view } = scheduleView(row);
  const { name, type, input, options, budget, priority, maxAttempts, cron, timeZone, from, until } = view;
  const { overlap, catchUp } = view;
  return { name, type, input, options, budget, priority, maxAttempts, cron, timeZone, from, until, overlap, catchUp };
}

/** Changes a schedule; what is left out stays. Throws `not_found` and `invalid_input`, field by field. */
export async function changeSchedule(
  context: CallContext,
  params: { readonly id: string; readonly changes: ScheduleChanges },
): Promise<ScheduleView> {
  requireScope(context.caller, 'runs');
  const { userId } = context.caller;
  return await context.database.asUser(userId, async (tx) => {
    const row = await lockSchedule(tx, params.id);
    const schedule = { ...said(row), ...params.changes };
    const timing = timingFields.some((field) => params.changes[field] !== undefined);
    const now = context.now();
    checkSchedule(findContract(context.catalog, row.workflow_type), schedule, { now, timing });
    await findProject(tx, { userId, input: schedule.input });
    const changed = await tx
      .updateTable('run_schedules')
      .set({
        ...columnsOf(schedule, row.name),
        ...(timing && row.status !== 'paused' ? standing(schedule, now) : {}),
        // What was wrong may be what was changed; the next instant tells.
        last_error: null,
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await wake(tx, changed);
    return scheduleView(changed);
  });
}
