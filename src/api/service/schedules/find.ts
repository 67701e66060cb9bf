import type { Transaction } from 'kysely';
import { enqueue } from '../../../db/outbox.ts';
import type { Tables } from '../../../db/tables.ts';
import { scheduleKind } from '../../../runs/run-start.ts';
import { notFound, requireId } from '../ids.ts';
import type { ScheduleRow } from './views.ts';

export type Tx = Transaction<Tables>;

/** A schedule that the transaction's user may see, locked until it ends. Throws `not_found`. */
export async function lockSchedule(tx: Tx, id: string): Promise<ScheduleRow> {
  requireId('schedule', id);
  const row = await tx.selectFrom('run_schedules').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw notFound('schedule', id);
  return row;
}

/** Has the schedule's workflow look at the row again once this is committed, also when Temporal is away until then. */
export async function wake(tx: Tx, { id, user_id: userId }: Pick<ScheduleRow, 'id' | 'user_id'>): Promise<void> {
  await enqueue(tx, { runId: null, userId, kind: scheduleKind, payload: { scheduleId: id } });
}
