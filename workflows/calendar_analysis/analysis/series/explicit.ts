import type { Cadence, Series } from '../../shapes.ts';
import { isSeries } from '../timed-events.ts';
import type { FoundSeries, SeriesSetting } from './find-series.ts';
import { clock, describeOccurrences } from './occurrences.ts';
import type { Occurrence } from './occurrences.ts';

const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const;
const nextShown = 3;

function isFrequency(text: string): text is keyof typeof units {
  return text in units;
}

/** Weekdays on which it takes place, without those to which single instances were moved. */
function usualWeekdays(occurrences: readonly Occurrence[]): readonly number[] {
  const count = (weekday: number): number => occurrences.filter(({ at }) => at.weekday === weekday).length;
  const most = Math.max(...[1, 2, 3, 4, 5, 6, 7].map(count));
  return [1, 2, 3, 4, 5, 6, 7].filter((weekday) => count(weekday) > 0 && count(weekday) >= most / 2);
}

/** The rhythm that a rule states, with the weekdays on which it really took place. */
function cadenceOfRule(rule: string | null, weekdays: readonly number[]): Cadence {
  const frequency = /\bFREQ=([A-Z]+)/u.exec(rule ?? '')?.[1] ?? '';
  const every = Number(/\bINTERVAL=(\d+)/u.exec(rule ?? '')?.[1] ?? 1);
  // Of several ("1MO,3MO") none is the one.
  const ordinal = /\bBYDAY=([+-]?[1-5])[A-Z]{2}(?=;|$)/u.exec(rule ?? '')?.[1];
  const dayOfMonth = /\bBYMONTHDAY=(\d+)(?=;|$)/u.exec(rule ?? '')?.[1];
  return {
    unit: isFrequency(frequency) ? units[frequency] : 'irregular',
    every: Math.max(1, every),
    weekdays: [...weekdays],
    ordinal: ordinal === undefined ? null : Number(ordinal),
    dayOfMonth: dayOfMonth === undefined ? null : Number(dayOfMonth),
  };
}

function toSeries(occurrences: readonly Occurrence[], { nowMs, windowDays }: SeriesSetting): Omit<Series, 'key'> {
  const weekdays = usualWeekdays(occurrences);
  const upcoming = occurrences.filter(({ startMs }) => startMs > nowMs).slice(0, nextShown);
  return {
    kind: 'explicit',
    ...describeOccurrences(occurrences, windowDays),
    cadence: cadenceOfRule(occurrences[0]?.event.rule ?? null, weekdays),
    hits: occurrences.length,
    expected: occurrences.length,
    confidence: 1,
    next: upcoming.map(({ at, event }) => (event.allDay ? at.date : `${at.date} ${clock(at.minutes)}`)),
  };
}

/** Series that the calendar itself knows, one for each uid with a rule. */
export function explicitSeries(occurrences: readonly Occurrence[], setting: SeriesSetting): readonly FoundSeries[] {
  const byUid = new Map<string, Occurrence[]>();
  for (const each of occurrences.filter(({ event }) => isSeries(event) && !event.own)) {
    const known = byUid.get(each.event.uid);
    if (known === undefined) byUid.set(each.event.uid, [each]);
    else known.push(each);
  }
  return [...byUid.values()].map((members) => ({ series: toSeries(members, setting), members }));
}
