import type { Day, Days } from './days.ts';
import { candidateRhythms } from './rhythms.ts';
import type { Rhythm } from './rhythms.ts';

export type Fit = {
  readonly rhythm: Rhythm;
  /** Of the days the rhythm asks for between first and last, on how many it took place. */
  readonly hits: number;
  readonly expected: number;
  /** How well it fits, 0 to 1. */
  readonly score: number;
};

export const fewestOccurrences = 3;
/** Less than this of what the rhythm asks for is chance. */
const leastShare = 0.65;
/** More occurrences than these beside the rhythm say that it is another. */
const leastPrecision = 0.7;

type Matches = { readonly expected: number; readonly hits: number; readonly offDays: number };

/** Gives each expected day the nearest occurrence that is left; expected days before the first hit and after the last don't count. */
function match(rhythm: Rhythm, days: readonly Day[], calendar: Days): Matches {
  const first = days[0]?.number ?? 0;
  const last = days.at(-1)?.number ?? 0;
  const left = days.map((day) => day.number);
  const offs: (number | null)[] = [];
  for (let number = first - rhythm.toleranceDays; number <= last + rhythm.toleranceDays; number += 1) {
    if (!rhythm.expects(calendar.day(number))) continue;
    while ((left[0] ?? Number.POSITIVE_INFINITY) < number - rhythm.toleranceDays) left.shift();
    const near = left.filter((day) => Math.abs(day - number) <= rhythm.toleranceDays);
    const [nearest] = near.toSorted((a, b) => Math.abs(a - number) - Math.abs(b - number) || a - b);
    if (nearest !== undefined) left.splice(left.indexOf(nearest), 1);
    offs.push(nearest === undefined ? null : Math.abs(nearest - number));
  }
  const hit = (off: number | null): boolean => off !== null;
  const within = offs.slice(offs.findIndex(hit), offs.findLastIndex(hit) + 1);
  const hits = within.filter((off) => off !== null);
  return { expected: within.length, hits: hits.length, offDays: hits.reduce((sum, off) => sum + off, 0) };
}

function fit(rhythm: Rhythm, days: readonly Day[], calendar: Days): Fit | null {
  const span = (days.at(-1)?.number ?? 0) - (days[0]?.number ?? 0);
  if (span < rhythm.leastSpanDays) return null;
  const { expected, hits, offDays } = match(rhythm, days, calendar);
  if (hits < fewestOccurrences) return null;
  const share = hits / expected;
  const precision = hits / days.length;
  if (share < leastShare || precision < leastPrecision) return null;
  const jitter = offDays / hits / Math.max(1, rhythm.toleranceDays);
  return { rhythm, hits, expected, score: share * precision * (1 - jitter / 5) };
}

/** The rhythm that fits these days best (distinct, ascending), or null when none does. */
export function findRhythm(days: readonly Day[], calendar: Days): Fit | null {
  if (days.length < fewestOccurrences) return null;
  let best: Fit | null = null;
  for (const rhythm of candidateRhythms(days)) {
    const found = fit(rhythm, days, calendar);
    if (found !== null && found.score > (best?.score ?? 0)) best = found;
  }
  return best;
}

const farthestDays = 400;

/** Dates of the next days that a rhythm asks for after a day. */
export function nextDates(
  rhythm: Rhythm,
  after: number,
  { calendar, count }: { readonly calendar: Days; readonly count: number },
): string[] {
  const dates: string[] = [];
  for (let number = after + 1; number <= after + farthestDays && dates.length < count; number += 1) {
    const day = calendar.day(number);
    if (rhythm.expects(day)) dates.push(day.date);
  }
  return dates;
}
