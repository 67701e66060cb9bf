import { decideDue } from '../../src/contract/recurrence.ts';
import { isFinished } from '../../src/contract/run.ts';
import { latestInstant, nextInstant } from '../../src/schedules/instants.ts';
import type { ActivityDeps } from '../deps.ts';
import { timingOf } from '../../src/schedules/timing-of.ts';
import type { Tx } from '../support/transaction.ts';
import type { Advanced, AdvanceParams } from './api.ts';
import { startDue } from './start-due.ts';
import type { ScheduleRow } from './start-due.ts';

async function previousGoesOn(tx: Tx, row: ScheduleRow): Promise<boolean> {
  if (row.last_run_id === null) return false;
  const run = await tx
    .selectFrom('agentic_workflows')
    .select('status')
    .where('id', '=', row.last_run_id)
    .where('user_id', '=', row.user_id)
    .executeTakeFirst();
  return run !== undefined && !isFinished(run.status);
}

/** What the instant that is due means for the schedule's row. */
async function settle(tx: Tx, deps: ActivityDeps, due: { readonly row: ScheduleRow; readonly atMs: number }) {
  const { row, atMs } = due;
  const at = new Date(atMs).toISOString();
  const { catch_up: catchUp, overlap } = row;
  const lateMs = deps.now().getTime() - atMs;
  const decided = decideDue({ lateMs, catchUp, overlap, previousGoesOn: await previousGoesOn(tx, row) });
  if (!decided.start) return { last_skipped_at: at };
  const outcome = await startDue(tx, deps, { row, at });
  if ('error' in outcome) return { last_error: outcome.error };
  return { last_run_at: at, last_run_id: outcome.runId, last_error: null };
}

async function advance(tx: Tx, deps: ActivityDeps, row: ScheduleRow): Promise<number | null> {
  const nowMs = deps.now().getTime();
  if (row.status !== 'active' || row.next_at === null) return null;
  const firstMs = Date.parse(row.next_at);
  if (firstMs > nowMs) return firstMs - nowMs;
  const timing = timingOf(row);
  const settled = await settle(tx, deps, { row, atMs: latestInstant(timing, { firstMs, nowMs }) });
  const nextMs = nextInstant(timing, nowMs);
  await tx
    .updateTable('run_schedules')
    .set({
      ...settled,
      status: nextMs === null ? 'finished' : 'active',
      next_at: nextMs === null ? null : new Date(nextMs).toISOString(),
    })
    .where('id', '=', row.id)
    .execute();
  return nextMs === null ? null : Math.max(0, nextMs - nowMs);
}

/**
 * Starts the run that is due and moves the schedule on, in one transaction: a retry finds the next instant, and the same
 * instant is never started twice. A schedule that is gone, paused or finished has nothing to wait for.
 */
export async function advanceSchedule(deps: ActivityDeps, { scheduleId }: AdvanceParams): Promise<Advanced> {
  return await deps.database.asService(async (tx) => {
    const row = await tx
      .selectFrom('run_schedules')
      .selectAll()
      .where('id', '=', scheduleId)
      .forUpdate()
      .executeTakeFirst();
    return { waitMs: row === undefined ? null : await advance(tx, deps, row) };
  });
}
