import type { DraftTools, FactSheet } from '../../../src/contract/facts.ts';
import type { WindowEvent } from '../../../src/contract/facts/calendar-facts.ts';
import { subtractWindows } from '../../../src/contract/scheduling/windows.ts';
import type { Collected, DayEvent } from '../outputs.ts';
import { clockOf } from './day.ts';
import type { Day } from './day.ts';

// A gap shorter than this is no free time.
const shortestFreeMinutes = 15;

function timeText(event: WindowEvent, day: Day, tools: DraftTools): string {
  if (event.allDay) return 'all day';
  const [startMs, endMs] = [Date.parse(event.start), Date.parse(event.end)];
  const [before, after] = [startMs < day.fromMs, endMs > day.toMs];
  if (before && after) return 'all day';
  if (before) return `until ${clockOf(endMs, tools)}`;
  if (after) return `from ${clockOf(startMs, tools)}`;
  return `${clockOf(startMs, tools)}–${clockOf(endMs, tools)}`;
}

function ofDay(facts: FactSheet, day: Day): readonly WindowEvent[] {
  return (facts.calendarWindow?.events ?? []).filter(
    ({ start, end }) => Date.parse(start) < day.toMs && Date.parse(end) > day.fromMs,
  );
}

/** The day's events in order; the blocks of work that Steward wrote are shown as tasks. */
export function dayEvents(facts: FactSheet, day: Day, tools: DraftTools): DayEvent[] {
  return ofDay(facts, day)
    .filter((event) => !(event.own && event.taskId !== null))
    .toSorted(
      (left, right) => Number(right.allDay) - Number(left.allDay) || left.start.localeCompare(right.start, 'en'),
    )
    .map((event) => {
      const startMs = Math.max(day.fromMs, Date.parse(event.start));
      const endMs = Math.min(day.toMs, Date.parse(event.end));
      return {
        title: event.title,
        time: timeText(event, day, tools),
        location: event.location,
        minutes: event.busy ? Math.round((endMs - startMs) / 60_000) : 0,
        allDay: event.allDay,
      };
    });
}

/** Working time of the day that no event takes; of today, what is left of it. */
export function freeTime(
  facts: FactSheet,
  { day, nowMs }: { readonly day: Day; readonly nowMs: number },
  tools: DraftTools,
): Collected['free'] {
  const fromMs = day.isToday ? Math.min(day.toMs, Math.max(day.fromMs, nowMs)) : day.fromMs;
  const { working } = tools.workingTime({ fromMs, toMs: day.toMs });
  const busy = ofDay(facts, day)
    .filter((event) => event.busy)
    .map(({ start, end }) => ({ startMs: Date.parse(start), endMs: Date.parse(end) }));
  const free = subtractWindows(working, busy).filter(
    ({ startMs, endMs }) => endMs - startMs >= shortestFreeMinutes * 60_000,
  );
  return {
    minutes: free.reduce((sum, { startMs, endMs }) => sum + Math.round((endMs - startMs) / 60_000), 0),
    windows: free.map(({ startMs, endMs }) => `${clockOf(startMs, tools)}–${clockOf(endMs, tools)}`),
  };
}
