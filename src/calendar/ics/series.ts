import type { Temporal } from 'temporal-polyfill';
import type { ParsedEvent } from './event.ts';
import { groupEvents } from './group.ts';
import type { EventGroup } from './group.ts';
import { findOccurrences } from './occurrences.ts';
import type { Effort } from './occurrences.ts';
import { splitCalendar } from './split.ts';
import { addLength, shiftBy, toIso, toMs, toPlain, zoneOf } from './times.ts';
import type { EventTime } from './times.ts';
import type { CalendarRecord, EventInstance, Expansion, TimeRange } from './types.ts';
import { createZones } from './zones.ts';

/** So that no series drowns the others. */
const maxInstancesOfSeries = 5_000;
const dayMs = 86_400_000;

export type SeriesSearch = TimeRange & { readonly effort: Effort };

/** The instances of one uid that may touch the window, and some around it: series unrolled, exceptions applied. */
export function expandSeries(record: CalendarRecord, search: SeriesSearch): Expansion {
  const text = splitCalendar(record.ics ?? '');
  const zones = createZones({ zones: text.zones, defaultTimeZone: record.timeZone });
  const { groups, problems } = groupEvents(text, { zones, newUid: () => record.uid });
  const group = groups[0];
  if (group === undefined) return { instances: [], problems };
  const regular = regularInstances({ ...group, uid: record.uid }, search);
  const exceptional = group.exceptions.map(({ event }) =>
    describe(event, { uid: record.uid, start: event.start, original: event.recurrenceId, length: event.length }),
  );
  return { instances: [...regular.instances, ...exceptional], problems: [...problems, ...regular.problems] };
}

/** Instances that no exception of their own replaces. */
function regularInstances(group: EventGroup, search: SeriesSearch): Expansion {
  if (group.base === null) return { instances: [], problems: [] };
  const { event } = group.base;
  const shifts = futureShifts(group);
  const reachMs = reach(event, shifts);
  const wide = {
    fromMs: search.fromMs - reachMs,
    toMs: search.toMs + reachMs,
    limit: maxInstancesOfSeries,
    effort: search.effort,
  };
  const ruled = findOccurrences(event, wide);
  const skipped = skippedTimes(group, event.start);
  const starts = new Map<string, { start: EventTime; length: Temporal.Duration }>();
  const plain = ruled.starts.length > 0 || (event.rules.length > 0 && ruled.incomplete === null) ? [] : [event.start];
  for (const start of [...ruled.starts, ...plain]) starts.set(toIso(start), { start, length: event.length });
  for (const extra of event.extraDates)
    starts.set(toIso(extra.start), { start: extra.start, length: extra.length ?? event.length });
  const instances = [...starts.values()]
    .filter(({ start }) => !skipped.has(toIso(start)) && !skipped.has(dayOf(start)))
    .map(({ start, length }) => applyShift({ uid: group.uid, event, start, length }, shifts));
  const problems =
    ruled.incomplete === null
      ? []
      : [{ path: group.uid, message: `'${event.title}' is not listed in full: ${ruled.incomplete}.` }];
  return { instances, problems };
}

/** Originals that don't take place where the rule puts them. A file may name the day alone, or a time on a series of days. */
function skippedTimes(group: EventGroup, start: EventTime): Set<string> {
  const replaced = group.exceptions.map((exception) => exception.event.recurrenceId).filter((time) => time !== null);
  const times = [...(group.base?.event.exceptDates ?? []), ...replaced];
  return new Set(times.map((time) => (start.kind === 'date' ? dayOf(time) : toIso(time))));
}

function dayOf(time: EventTime): string {
  return toPlain(time).toPlainDate().toString();
}

/** An exception that also stands for all later instances: by how much it moves them along the wall clock. */
type FutureShift = { readonly fromMs: number; readonly by: Temporal.Duration; readonly event: ParsedEvent };

function futureShifts(group: EventGroup): FutureShift[] {
  return group.exceptions
    .flatMap(({ event }) => {
      if (!event.andFuture || event.recurrenceId === null) return [];
      return [{ fromMs: toMs(event.recurrenceId), by: toPlain(event.recurrenceId).until(toPlain(event.start)), event }];
    })
    .toSorted((a, b) => b.fromMs - a.fromMs);
}

type Occurrence = {
  readonly uid: string;
  readonly event: ParsedEvent;
  readonly start: EventTime;
  readonly length: Temporal.Duration;
};

function applyShift(occurrence: Occurrence, shifts: readonly FutureShift[]): EventInstance {
  const { uid, event, start, length } = occurrence;
  const shift = shifts.find((candidate) => candidate.fromMs <= toMs(start));
  const original = isSeries(event) ? start : null;
  if (shift === undefined) return describe(event, { uid, start, original, length });
  return describe(shift.event, { uid, start: shiftBy(start, shift.by), original, length: shift.event.length });
}

function isSeries(event: ParsedEvent): boolean {
  return event.rules.length > 0 || event.extraDates.length > 0;
}

/** How far from the window an instance may start and still touch it: its length, any shift, and a day where days meet zones. */
function reach(event: ParsedEvent, shifts: readonly FutureShift[]): number {
  const lengths = [event, ...shifts.map((shift) => shift.event)].map(
    (each) => toMs(addLength(each.start, each.length)) - toMs(each.start),
  );
  const moves = shifts.map((shift) => Math.abs(shift.by.total({ unit: 'milliseconds' })));
  const slackMs = event.start.kind === 'date' || shifts.length > 0 ? dayMs : 0;
  return Math.max(...lengths) + Math.max(0, ...moves) + slackMs;
}

type Place = {
  readonly uid: string;
  readonly start: EventTime;
  readonly original: EventTime | null;
  readonly length: Temporal.Duration;
};

function describe(event: ParsedEvent, { uid, start, original, length }: Place): EventInstance {
  const end = addLength(start, length);
  return {
    uid,
    recurrenceId: original === null ? null : toIso(original),
    start: toIso(start),
    end: toIso(end),
    startMs: toMs(start),
    endMs: toMs(end),
    allDay: start.kind === 'date',
    title: event.title,
    timeZone: zoneOf(start),
    status: event.status,
    transparency: event.transparency,
  };
}
