import { Temporal } from 'temporal-polyfill';
import type { CalendarWindowFacts, WindowEvent } from '../../../src/contract/facts/calendar-facts.ts';
import type { EventInstance } from '../../../src/calendar/ics/types.ts';
import { listInstances, readRange } from '../../../src/calendar/local/instances.ts';
import { findEventsTouching } from '../../../src/db/calendar-events.ts';
import type { CalendarEventRow } from '../../../src/db/calendar-events.ts';
import { cut, factLimits } from './limits.ts';
import { textOf } from './scope.ts';
import type { FactScope } from './scope.ts';

function defaultBound(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString();
}

// All-day instances carry dates: they begin and end at midnight where the person is.
function instantOf(bound: string, timeZone: string): string {
  if (bound.includes('T')) return bound;
  return Temporal.PlainDate.from(bound).toZonedDateTime(timeZone).toInstant().toString();
}

function toWindowEvent(instance: EventInstance, row: CalendarEventRow | undefined, timeZone: string): WindowEvent {
  const { uid, recurrenceId, title, start, end, allDay, transparency } = instance;
  return {
    uid,
    recurrenceId,
    recurring: recurrenceId !== null,
    title,
    description: cut(row?.description ?? null, factLimits.eventChars),
    location: cut(row?.location ?? null, factLimits.eventChars),
    start: instantOf(start, timeZone),
    end: instantOf(end, timeZone),
    allDay,
    busy: transparency === 'opaque',
    own: row?.source === 'steward',
    taskId: row?.task_id ?? null,
  };
}

/**
 * Every event between the input's `from` and `to` (ISO 8601, or dates of the person); without them the last 90 days and
 * the next 30. Throws `invalid_input` for bounds that are none.
 */
export async function calendarWindowFacts({ tx, userId, input, now, person }: FactScope): Promise<CalendarWindowFacts> {
  const { fromMs, toMs } = readRange({
    from: textOf(input, 'from') ?? defaultBound(now, -factLimits.windowDaysBack),
    to: textOf(input, 'to') ?? defaultBound(now, factLimits.windowDaysAhead),
    timeZone: person.timeZone,
  });
  const rows = await findEventsTouching(tx, { userId, from: new Date(fromMs), to: new Date(toMs) });
  const byUid = new Map(rows.map((row) => [row.uid, row]));
  const { instances, problems } = await listInstances(tx, { userId, fromMs, toMs });
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    events: instances
      .slice(0, factLimits.windowEvents)
      .map((instance) => toWindowEvent(instance, byUid.get(instance.uid), person.timeZone)),
    problems: problems.map(({ path, message }) => `${path}: ${message}`),
    cut: instances.length > factLimits.windowEvents,
  };
}
