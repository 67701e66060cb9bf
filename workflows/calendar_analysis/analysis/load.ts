import type { DraftTools } from '../../../src/contract/facts.ts';
import type { ScheduleDay, TimeWindow } from '../../../src/contract/scheduling/schedule.ts';
import { joinWindows } from '../../../src/contract/scheduling/windows.ts';
import type { Patterns, TimeUse } from '../shapes.ts';
import { isFocus } from './fragmentation.ts';
import { clip, lengthOf, roundTo, toMinutes } from './time-windows.ts';
import { countUse } from './time-use.ts';
import type { UsedTime } from './time-use.ts';
import type { EventKinds } from './timed-events.ts';

export const msPerWeek = 7 * 86_400_000;
const busiestShown = 5;

export type DayLoad = {
  readonly date: string;
  readonly weekday: number;
  /** Time in meetings, within working hours or not. */
  readonly minutes: number;
  /** Free stretches long enough to focus that begin on this day. */
  readonly focus: number;
  readonly use: TimeUse;
};

type Span = TimeWindow & { readonly days: readonly ScheduleDay[] };

/** What each local day of the window holds; a meeting over midnight is split between its days. */
export function loadByDay(
  kinds: EventKinds,
  used: UsedTime,
  { span, tools }: { span: Span; tools: DraftTools },
): DayLoad[] {
  const met = clip(joinWindows(kinds.meetings), span);
  const focus = used.free.filter(isFocus);
  return span.days.map((day) => ({
    date: day.dayKey,
    weekday: tools.local(day.startMs).weekday,
    minutes: toMinutes(lengthOf(clip(met, day))),
    focus: toMinutes(lengthOf(focus.filter(({ startMs }) => startMs >= day.startMs && startMs < day.endMs))),
    use: countUse(used, day),
  }));
}

function sumUse(days: readonly DayLoad[]): TimeUse {
  const sum = (part: keyof TimeUse): number => days.reduce((total, day) => total + day.use[part], 0);
  return {
    working: sum('working'),
    away: sum('away'),
    meetings: sum('meetings'),
    blocks: sum('blocks'),
    free: sum('free'),
  };
}

function sumMinutes(days: readonly DayLoad[], part: 'minutes' | 'focus' = 'minutes'): number {
  return days.reduce((total, day) => total + day[part], 0);
}

export function loadByWeekday(days: readonly DayLoad[]): Patterns['weekdays'] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const own = days.filter((day) => day.weekday === weekday);
    return { weekday, days: own.length, minutes: sumMinutes(own), use: sumUse(own) };
  });
}

/** Weeks from Monday; the first and the last may be cut by the window. */
export function loadByWeek(days: readonly DayLoad[]): Patterns['weeks'] {
  const weeks: DayLoad[][] = [];
  for (const day of days) {
    const week = weeks.at(-1);
    if (week === undefined || day.weekday === 1) weeks.push([day]);
    else week.push(day);
  }
  return weeks.map((week) => ({
    start: week[0]?.date ?? '',
    days: week.length,
    minutes: sumMinutes(week),
    focus: sumMinutes(week, 'focus'),
    use: sumUse(week),
  }));
}

export function busiestDays(days: readonly DayLoad[]): Patterns['busiestDays'] {
  return days
    .filter((day) => day.minutes > 0)
    .toSorted((a, b) => b.minutes - a.minutes || (a.date < b.date ? -1 : 1))
    .slice(0, busiestShown)
    .map(({ date, minutes }) => ({ date, minutes }));
}

/** Meeting hours a week in the first and the second half of the days. */
export function trendOf(days: readonly DayLoad[]): Patterns['trend'] {
  const middle = Math.floor(days.length / 2);
  const perWeek = (half: readonly DayLoad[]): number =>
    half.length === 0 ? 0 : roundTo((sumMinutes(half) / 60 / half.length) * 7, 1);
  return { before: perWeek(days.slice(0, middle)), after: perWeek(days.slice(middle)) };
}
