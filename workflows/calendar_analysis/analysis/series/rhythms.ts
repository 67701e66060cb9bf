import type { Cadence } from '../../shapes.ts';
import type { Day } from './days.ts';

/** A regularity that occurrences may have: the days it asks for, and how far off one may lie. */
export type Rhythm = {
  readonly cadence: Cadence;
  readonly toleranceDays: number;
  /** Fewest days from first to last for it to show at all. */
  readonly leastSpanDays: number;
  expects(day: Day): boolean;
};

const noCadence: Pick<Cadence, 'every' | 'weekdays' | 'ordinal' | 'dayOfMonth'> = {
  every: 1,
  weekdays: [],
  ordinal: null,
  dayOfMonth: null,
};

/** The value that comes up most; of several the smallest. */
function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [best] = [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || a - b);
  return best?.[0] ?? 0;
}

/** Weekdays on which it takes place again and again, at least half as often as on the most usual one. */
function usualWeekdays(days: readonly Day[]): readonly number[] {
  const count = (weekday: number): number => days.filter((day) => day.weekday === weekday).length;
  const most = Math.max(...days.map((day) => count(day.weekday)));
  const least = Math.max(2, most / 2);
  return [1, 2, 3, 4, 5, 6, 7].filter((weekday) => count(weekday) >= least);
}

const dailyFrom = 4;

function weekly(days: readonly Day[]): readonly Rhythm[] {
  const weekdays = usualWeekdays(days);
  const once = mostCommon(days.map((day) => day.weekday));
  const onOne: Rhythm = {
    cadence: { ...noCadence, unit: 'week', weekdays: [once] },
    toleranceDays: 1,
    leastSpanDays: 13,
    expects: (day) => day.weekday === once,
  };
  if (weekdays.length < 2) return [onOne];
  const unit = weekdays.length >= dailyFrom ? 'day' : 'week';
  const onSeveral: Rhythm = {
    cadence: { ...noCadence, unit, weekdays: [...weekdays] },
    toleranceDays: 0,
    leastSpanDays: unit === 'day' ? 6 : 13,
    expects: (day) => weekdays.includes(day.weekday),
  };
  return [onOne, onSeveral];
}

/** Every second, third or fourth week, counted from each occurrence that starts another row. */
function everyFewWeeks(days: readonly Day[]): readonly Rhythm[] {
  return [2, 3, 4].flatMap((every) => {
    const period = 7 * every;
    const rows = [...new Map(days.map((day) => [day.number % period, day])).values()].slice(0, 10);
    return rows.map((anchor): Rhythm => ({
      cadence: { ...noCadence, unit: 'week', every, weekdays: [anchor.weekday] },
      toleranceDays: 2,
      leastSpanDays: 2 * period - 2,
      expects: (day) => (day.number - anchor.number) % period === 0,
    }));
  });
}

function monthly(days: readonly Day[]): readonly Rhythm[] {
  const weekday = mostCommon(days.map((day) => day.weekday));
  const own = days.filter((day) => day.weekday === weekday);
  const ordinal = mostCommon(own.map((day) => day.ordinal));
  const dayOfMonth = mostCommon(days.map((day) => day.dayOfMonth));
  const cadence = { ...noCadence, unit: 'month' } as const;
  return [
    {
      cadence: { ...cadence, weekdays: [weekday], ordinal },
      toleranceDays: 3,
      leastSpanDays: 55,
      expects: (day) => day.weekday === weekday && day.ordinal === ordinal,
    },
    {
      cadence: { ...cadence, weekdays: [weekday], ordinal: -1 },
      toleranceDays: 3,
      leastSpanDays: 55,
      expects: (day) => day.weekday === weekday && day.isLast,
    },
    {
      cadence: { ...cadence, dayOfMonth },
      toleranceDays: 2,
      leastSpanDays: 55,
      expects: (day) => day.dayOfMonth === dayOfMonth,
    },
  ];
}

/** Rhythms worth trying on these days, the plainest first. */
export function candidateRhythms(days: readonly Day[]): readonly Rhythm[] {
  return days.length === 0 ? [] : [...weekly(days), ...monthly(days), ...everyFewWeeks(days)];
}
