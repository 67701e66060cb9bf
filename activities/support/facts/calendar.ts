import type { EventFacts } from '../../../src/contract/facts.ts';
import type { TimeWindow } from '../../../src/contract/schedule.ts';
import type { Tx } from '../transaction.ts';
import type { Window } from '../draft-tools.ts';
import { factLimits } from './limits.ts';

const dayMs = 86_400_000;
type Instance = EventFacts & { readonly busy: boolean };

async function readInstances(tx: Tx, userId: string, window: Window): Promise<readonly Instance[]> {
  const rows = await tx
    .selectFrom('calendar_events')
    .select(['title', 'start_at', 'end_at', 'all_day', 'transparency'])
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where('status', '!=', 'cancelled')
    .where('start_at', '<', new Date(window.toMs).toISOString())
    .where('end_at', '>', new Date(window.fromMs).toISOString())
    .orderBy('start_at')
    .execute();
  return rows.map((row) => ({ title: row.title, start: row.start_at, end: row.end_at, allDay: row.all_day, busy: row.transparency === 'opaque' }));
}

/** The next events of the person's calendar, recurrences expanded. */
export async function calendarFacts(tx: Tx, { userId, now }: { readonly userId: string; readonly now: Date }): Promise<readonly EventFacts[]> {
  const fromMs = now.getTime();
  const instances = await readInstances(tx, userId, { fromMs, toMs: fromMs + factLimits.calendarDays * dayMs });
  return instances.slice(0, factLimits.calendarEvents).map(({ title, start, end, allDay }) => ({ title, start, end, allDay }));
}

/** When the person is busy in a window, by their calendar. */
export async function readBusy(tx: Tx, { userId, window }: { readonly userId: string; readonly window: Window }): Promise<readonly TimeWindow[]> {
  const instances = await readInstances(tx, userId, window);
  return instances.filter((one) => one.busy).map((one) => ({ startMs: Date.parse(one.start), endMs: Date.parse(one.end) }));
}
