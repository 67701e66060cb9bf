import type { DraftTools, LocalTime } from '../../../../src/contract/facts.ts';
import type { Series } from '../../shapes.ts';
import { roundTo, toMinutes } from '../time-windows.ts';
import type { TimedEvent } from '../timed-events.ts';
import { usualTitle } from './titles.ts';

/** An event with what the clock shows where it begins. */
export type Occurrence = TimedEvent & { readonly at: LocalTime };

const daysPerMonth = 365.25 / 12;

export function toOccurrence(event: TimedEvent, tools: DraftTools): Occurrence {
  return { ...event, at: tools.local(event.startMs) };
}

/** The middle one, or the lower of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

export function clock(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

type Common = Pick<
  Series,
  'title' | 'uids' | 'time' | 'occurrences' | 'usualMinutes' | 'totalMinutes' | 'hoursPerMonth' | 'first' | 'last'
>;

/** What every series has, from its occurrences in time order; hours a month are over the whole window. */
export function describeOccurrences(occurrences: readonly Occurrence[], windowDays: number): Common {
  const lengths = occurrences.map(({ startMs, endMs }) => toMinutes(endMs - startMs));
  const totalMinutes = lengths.reduce((sum, length) => sum + length, 0);
  const allDay = occurrences.every(({ event }) => event.allDay);
  return {
    title: usualTitle(occurrences.map(({ event }) => event.title)),
    uids: [...new Set(occurrences.map(({ event }) => event.uid))].toSorted(),
    time: allDay ? null : clock(median(occurrences.map(({ at }) => at.minutes))),
    occurrences: occurrences.length,
    usualMinutes: median(lengths),
    totalMinutes,
    hoursPerMonth: roundTo((totalMinutes / 60 / Math.max(1, windowDays)) * daysPerMonth, 1),
    first: occurrences[0]?.at.date ?? '',
    last: occurrences.at(-1)?.at.date ?? '',
  };
}
