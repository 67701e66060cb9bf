import type { EventFacts } from '../../../src/contract/facts.ts';
import type { TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import { listBusy, listInstances } from '../../../src/calendar/local/instances.ts';
import type { Tx } from '../transaction.ts';
import { factLimits } from './limits.ts';

const dayMs = 86_400_000;

/** The next events of the person's calendar, recurrences expanded. */
export async function calendarFacts(
  tx: Tx,
  { userId, now }: { readonly userId: string; readonly now: Date },
): Promise<readonly EventFacts[]> {
  const fromMs = now.getTime();
  const { instances } = await listInstances(tx, { userId, fromMs, toMs: fromMs + factLimits.calendarDays * dayMs });
  return instances
    .slice(0, factLimits.calendarEvents)
    .map(({ title, start, end, allDay }) => ({ title, start, end, allDay }));
}

/** When the person is busy in a window, by their calendar. */
export async function readBusy(
  tx: Tx,
  { userId, fromMs, toMs }: { readonly userId: string; readonly fromMs: number; readonly toMs: number },
): Promise<readonly TimeWindow[]> {
  return await listBusy(tx, { userId, fromMs, toMs });
}
