import type { DraftTools } from '../../../../src/contract/facts.ts';
import type { Series } from '../../shapes.ts';
import type { TimedEvent } from '../timed-events.ts';
import { explicitSeries } from './explicit.ts';
import { implicitSeries } from './implicit.ts';
import { toOccurrence } from './occurrences.ts';

export type SeriesSetting = { readonly tools: DraftTools; readonly nowMs: number; readonly windowDays: number };

/** A series with the events that make it. */
export type FoundSeries<S = Omit<Series, 'key'>> = { readonly series: S; readonly members: readonly TimedEvent[] };

/** All series of the window, those that take most time first, with keys `s1`, `s2`, … . No event is in two of them. */
export function findSeries(all: readonly TimedEvent[], setting: SeriesSetting): readonly FoundSeries<Series>[] {
  const occurrences = all.map((event) => toOccurrence(event, setting.tools));
  const found = [...explicitSeries(occurrences, setting), ...implicitSeries(occurrences, setting)];
  const nameOf = ({ series }: FoundSeries): string => `${series.title} ${series.uids.join(' ')}`;
  return found
    .toSorted((a, b) => b.series.totalMinutes - a.series.totalMinutes || (nameOf(a) < nameOf(b) ? -1 : 1))
    .map(({ series, members }, index) => ({ series: { key: `s${index + 1}`, ...series }, members }));
}
