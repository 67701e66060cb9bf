import { Temporal } from 'temporal-polyfill';
import type { Problem } from '../../contract/errors.ts';
import { expandSeries } from './series.ts';
import type { CalendarRecord, EventInstance, Expansion, TimeRange } from './types.ts';

/** Most instances of one query. */
const maxInstances = 20_000;

/** Every instance that touches [fromMs, toMs): series unrolled, exceptions applied, cancelled ones included as such. */
export function expandEvents(records: readonly CalendarRecord[], range: TimeRange): Expansion {
  const instances: EventInstance[] = [];
  const problems: Problem[] = [];
  const effort = { failuresLeft: 30 };
  for (const record of records) {
    const found =
      record.rrule === null || record.ics === null ? single(record) : expandSeries(record, { ...range, effort });
    const touching = found.instances.filter((instance) => touches(instance, range));
    const room = maxInstances - instances.length;
    instances.push(...touching.slice(0, room));
    problems.push(...found.problems);
    if (touching.length <= room) continue;
    problems.push({
      path: record.uid,
      message: `There are more than ${maxInstances} instances: ask for a shorter time.`,
    });
    break;
  }
  return { instances: instances.toSorted((a, b) => a.startMs - b.startMs || (a.uid < b.uid ? -1 : 1)), problems };
}

function single(record: CalendarRecord): Expansion {
  const { uid, startMs, endMs, allDay, title, timeZone, status, transparency } = record;
  const show = (ms: number) => {
    const instant = Temporal.Instant.fromEpochMilliseconds(ms);
    return allDay
      ? instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
      : instant.toString({ smallestUnit: 'second' });
  };
  const instance = {
    uid,
    recurrenceId: null,
    start: show(startMs),
    end: show(endMs),
    startMs,
    endMs,
    allDay,
    title,
    timeZone,
    status,
    transparency,
  };
  return { instances: [instance], problems: [] };
}

function touches(span: { readonly startMs: number; readonly endMs: number }, range: TimeRange): boolean {
  if (span.startMs === span.endMs) return range.fromMs <= span.startMs && span.startMs < range.toMs;
  return span.startMs < range.toMs && span.endMs > range.fromMs;
}
