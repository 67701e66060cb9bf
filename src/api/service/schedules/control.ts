import { randomUUID } from 'node:crypto';
import { StewardError } from '../../../contract/errors.ts';
import type { MessageOptions, StartedRun } from '../../runs-api.ts';
import type { ScheduleView } from '../../schedules-api.ts';
import type { CallContext } from '../context.ts';
import { startRun } from '../runs/start.ts';
import { requireScope } from '../scopes.ts';
import { said } from './change.ts';
import { standing } from './create.ts';
import { lockSchedule, wake } from './find.ts';
import type { Tx } from './find.ts';
import { scheduleView } from './views.ts';
import type { ScheduleRow } from './views.ts';

type Named = { readonly id: string };
type Standing = Pick<ScheduleRow, 'status'> & { readonly next_at: Date | null };

function overError(row: ScheduleRow): StewardError {
  return new StewardError('conflict', 'The schedule is finished: give it a later "until" or another "cron".', {
    details: { id: row.id, status: row.status },
  });
}

async function move(tx: Tx, row: ScheduleRow, to: Standing): Promise<ScheduleView> {
  const moved = await tx
    .updateTable('run_schedules')
    .set(to)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await wake(tx, moved);
  return scheduleView(moved);
}

/** Starts nothing by itself until it is resumed. Throws `not_found`, `conflict` for a finished one. */
export async function pauseSchedule(context: CallContext, { id }: Named): Promise<ScheduleView> {
  requireScope(context.caller, 'runs');
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const row = await lockSchedule(tx, id);
    if (row.status === 'finished') throw overError(row);
    return row.status === 'paused' ? scheduleView(row) : await move(tx, row, { status: 'paused', next_at: null });
  });
}

/** Goes on with the next instant from now. Throws `not_found`, `conflict` when none is left. */
export async function resumeSchedule(context: CallContext, { id }: Named): Promise<ScheduleView> {
  requireScope(context.caller, 'runs');
  return await context.database.asUser(context.caller.userId, async (tx) => {
    const row = await lockSchedule(tx, id);
    if (row.status === 'active') return scheduleView(row);
    const to = standing(said(row), context.now());
    if (to.status === 'finished') throw overError(row);
    return await move(tx, row, to);
  });
}

/** Ends a schedule for good; its runs stay. Throws `not_found`. */
export async function deleteSchedule(context: CallContext, { id }: Named): Promise<void> {
  requireScope(context.caller, 'runs');
  await context.database.asUser(context.caller.userId, async (tx) => {
    const row = await lockSchedule(tx, id);
    await tx.deleteFrom('run_schedules').where('id', '=', row.id).execute();
    await wake(tx, row);
  });
}

/** Starts a run of the schedule now, whatever its status. Throws `not_found`, and what a start throws. */
export async function triggerSchedule(context: CallContext, params: Named & MessageOptions): Promise<StartedRun> {
  requireScope(context.caller, 'runs');
  const { userId } = context.caller;
  const row = await context.database.asUser(userId, async (tx) => await lockSchedule(tx, params.id));
  const { name, type, input, options = {}, budget = {}, priority = 5, maxAttempts = 1 } = said(row);
  const start = { type, input, options, budget, priority, maxAttempts, ...(name === undefined ? {} : { name }) };
  const started = await startRun(context, {
    ...start,
    messageId: `schedule:${row.id}:now:${params.messageId ?? randomUUID()}`,
  });
  if (!started.created) return started;
  const { id: runId, createdAt } = started.run;
  await context.database.asUser(
    userId,
    async (tx) =>
      await tx
        .updateTable('run_schedules')
        .set({ last_run_id: runId, last_run_at: createdAt, last_error: null })
        .where('id', '=', row.id)
        .execute(),
  );
  return started;
}
