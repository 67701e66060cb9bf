import { Temporal } from 'temporal-polyfill';
import type { ScheduleDay, TimeWindow } from '../contract/scheduling/schedule.ts';
import type { WorkingHours } from '../schemas/working-hours.ts';
import { subtractWindows } from '../contract/scheduling/windows.ts';

export type FreeQuery = {
  /** Epoch milliseconds, as in all that follows. */
  readonly fromMs: number;
  readonly toMs: number;
  /** IANA name of the zone that the working hours are meant in. */
  readonly timeZone: string;
  readonly workingHours: WorkingHours;
  /** In any order; may overlap. */
  readonly busy: readonly TimeWindow[];
  /** Pause kept before and after each busy window; none when left out. */
  readonly pauseMinutes?: number;
  /** Free windows start at full multiples of this after the hour (5: 9:05, 9:10 …); anywhere when left out. */
  readonly alignMinutes?: number;
};

export type FreeTime = { readonly free: readonly TimeWindow[]; readonly days: readonly ScheduleDay[] };

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/**
 * Working hours less what is busy, and the local days they lie in, as the scheduler takes them. Local times follow the
 * zone through daylight saving: 09:00 stays 09:00, and days have 23 or 25 hours where they do.
 * @throws RangeError for an unknown zone
 */
export function freeWindows(query: FreeQuery): FreeTime {
  const days = localDays(query);
  const pauseMs = (query.pauseMinutes ?? 0) * 60_000;
  const taken = query.busy.map(({ startMs, endMs }) => ({ startMs: startMs - pauseMs, endMs: endMs + pauseMs }));
  const working = days.flatMap((day) => workOf(day.date, query));
  const free = subtractWindows(working, taken).map((window) => align(window, query.alignMinutes ?? 0));
  return {
    free: free.filter((window) => window.startMs < window.endMs),
    days: days.map(({ dayKey, startMs, endMs }) => ({ dayKey, startMs, endMs })),
  };
}

/** Every local day that [fromMs, toMs) touches, in full. */
function localDays(query: FreeQuery): (ScheduleDay & { readonly date: Temporal.PlainDate })[] {
  const days: (ScheduleDay & { readonly date: Temporal.PlainDate })[] = [];
  let date = Temporal.Instant.fromEpochMilliseconds(query.fromMs).toZonedDateTimeISO(query.timeZone).toPlainDate();
  let startMs = startOf(date, query.timeZone);
  while (startMs < query.toMs) {
    const next = date.add({ days: 1 });
    const endMs = startOf(next, query.timeZone);
    // A zone that crossed the date line has a day without any time.
    if (endMs > startMs) days.push({ dayKey: date.toString(), startMs, endMs, date });
    date = next;
    startMs = endMs;
  }
  return days;
}

function startOf(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

function workOf(date: Temporal.PlainDate, query: FreeQuery): TimeWindow[] {
  const weekday = weekdays[date.dayOfWeek - 1];
  const spans = weekday === undefined ? undefined : query.workingHours[weekday];
  return (spans ?? []).map((span) => ({
    startMs: Math.max(query.fromMs, instantOf({ date, time: span.from, timeZone: query.timeZone })),
    endMs: Math.min(query.toMs, instantOf({ date, time: span.to, timeZone: query.timeZone })),
  }));
}

/** A time that the clock skips is taken as much later, one that it shows twice as the first. */
function instantOf({
  date,
  time,
  timeZone,
}: {
  readonly date: Temporal.PlainDate;
  readonly time: string;
  readonly timeZone: string;
}): number {
  if (time === '24:00') return startOf(date.add({ days: 1 }), timeZone);
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

function align(window: TimeWindow, minutes: number): TimeWindow {
  if (minutes <= 0) return window;
  const stepMs = minutes * 60_000;
  return { startMs: Math.ceil(window.startMs / stepMs) * stepMs, endMs: window.endMs };
}
