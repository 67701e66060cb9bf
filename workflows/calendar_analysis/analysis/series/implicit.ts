import type { Series } from '../../shapes.ts';
import { roundTo } from '../time-windows.ts';
import { isSeries } from '../timed-events.ts';
import { createDays } from './days.ts';
import type { Days } from './days.ts';
import type { FoundSeries, SeriesSetting } from './find-series.ts';
import { fewestOccurrences, findRhythm, nextDates } from './fit.ts';
import type { Fit } from './fit.ts';
import { describeOccurrences, median } from './occurrences.ts';
import type { Occurrence } from './occurrences.ts';
import { groupByTitle } from './titles.ts';

/** Beginnings that lie further apart than this from the usual one are not at the same time of day. */
const sameTimeMinutes = 60;
const leastAtSameTime = 0.75;
const nextShown = 3;

type Recurring = Fit & { readonly members: readonly Occurrence[] };

function steadiness(members: readonly Occurrence[]): number {
  const usual = median(members.map(({ at }) => at.minutes));
  return members.filter(({ at }) => Math.abs(at.minutes - usual) <= sameTimeMinutes).length / members.length;
}

function recurring(members: readonly Occurrence[], days: Days): Recurring | null {
  const steady = members.length === 0 ? 0 : steadiness(members);
  if (steady < leastAtSameTime) return null;
  const numbers = [...new Set(members.map(({ at }) => at.day))].toSorted((a, b) => a - b);
  const fit = findRhythm(
    numbers.map((number) => days.day(number)),
    days,
  );
  return fit === null ? null : { ...fit, score: fit.score * steady, members };
}

/** Members that begin on one weekday at about one time: two meetings of one name keep their own rhythms. */
function bySlot(members: readonly Occurrence[]): readonly (readonly Occurrence[])[] {
  const slots: Occurrence[][] = [];
  for (const each of members.toSorted((a, b) => a.at.weekday - b.at.weekday || a.at.minutes - b.at.minutes)) {
    const last = slots.at(-1)?.at(-1);
    const same = last?.at.weekday === each.at.weekday && each.at.minutes - last.at.minutes <= sameTimeMinutes;
    if (same) slots.at(-1)?.push(each);
    else slots.push([each]);
  }
  return slots.map((slot) => slot.toSorted((a, b) => a.startMs - b.startMs));
}

/** Dates to come by the rhythm; none once it was missed twice, for then it is over. */
function datesToCome({ rhythm, members }: Recurring, today: number, calendar: Days): string[] {
  const last = members.at(-1)?.at.day ?? 0;
  const [, second] = nextDates(rhythm, last, { calendar, count: 2 });
  if (second !== undefined && second < calendar.day(today).date) return [];
  return nextDates(rhythm, Math.max(last, today), { calendar, count: nextShown });
}

function toSeries(found: Recurring, { windowDays, nowMs, tools }: SeriesSetting, days: Days): Omit<Series, 'key'> {
  const { rhythm, hits, expected, score, members } = found;
  return {
    kind: 'implicit',
    ...describeOccurrences(members, windowDays),
    cadence: rhythm.cadence,
    hits,
    expected,
    // Three of three may be chance; ten of ten are not.
    confidence: roundTo(score * (1 - 1 / (hits + 1)), 2),
    next: datesToCome(found, tools.local(nowMs).day, days),
  };
}

/** Single timed events of about one title that come back in a rhythm, though no rule of the calendar says so. */
export function implicitSeries(occurrences: readonly Occurrence[], setting: SeriesSetting): readonly FoundSeries[] {
  const days = createDays(setting.tools);
  const singles = occurrences.filter(({ event }) => !isSeries(event) && !event.own && !event.allDay);
  const found = groupByTitle(singles, ({ event }) => event.title).flatMap((group) => {
    if (group.length < fewestOccurrences) return [];
    const members = group.toSorted((a, b) => a.startMs - b.startMs || (a.event.uid < b.event.uid ? -1 : 1));
    const whole = recurring(members, days);
    if (whole !== null) return [whole];
    return bySlot(members).flatMap((slot) => recurring(slot, days) ?? []);
  });
  return found.map((each) => ({ series: toSeries(each, setting, days), members: each.members }));
}
