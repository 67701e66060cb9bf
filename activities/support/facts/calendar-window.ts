import { Temporal } from 'temporal-polyfill';
import { invalidInput } from '../../../src/contract/errors.ts';
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

// What `move_event` and `cancel_event` take.
function isMovable(row: CalendarEventRow): boolean {
  return row.source === 'steward' && row.rrule === null && row.recurrence_id === null && row.ics === null;
}

async function readLinks({ tx, userId }: FactScope): Promise<CalendarWindowFacts['links']> {
  return await tx
    .selectFrom('task_event_links as link')
    .innerJoin('tasks', 'tasks.id', 'link.task_id')
    .select(['link.task_id as taskId', 'link.event_uid as eventUid', 'link.recurrence_id as recurrenceId', 'link.role'])
    .where('link.user_id', '=', userId)
    .where('tasks.deleted_at', 'is', null)
    .orderBy('link.created_at')
    .orderBy('link.id')
    .execute();
}

function toWindowEvent(instance: EventInstance, row: CalendarEventRow | undefined, timeZone: string): WindowEvent {
  const { uid, recurrenceId, title, start, end, allDay, transparency } = instance;
  return {
    uid,
    recurrenceId,
    recurring: recurrenceId !== null,
    rule: row?.rrule ?? null,
    title,
    description: cut(row?.description ?? null, factLimits.eventChars),
    location: cut(row?.location ?? null, factLimits.eventChars),
    start: instantOf(start, timeZone),
    end: instantOf(end, timeZone),
    allDay,
    busy: transparency === 'opaque',
    own: row?.source === 'steward',
    movable: row !== undefined && isMovable(row),
    taskId: row?.task_id ?? null,
  };
}

function dayAfter(date: string): string {
  try {
    return Temporal.PlainDate.from(date).add({ days: 1 }).toString();
  } catch {
    throw invalidInput([{ path: 'date', message: `'${date}' is no date; write 2026-03-29` }]);
  }
}

function boundsOf({ input, now }: FactScope): { readonly from: string; readonly to: string } {
  const date = textOf(input, 'date');
  if (date !== null) return { from: date, to: dayAfter(date) };
  return {
    from: textOf(input, 'from') ?? defaultBound(now, -factLimits.windowDaysBack),
    to: textOf(input, 'to') ?? defaultBound(now, factLimits.windowDaysAhead),
  };
}

/**
 * Every event of the input's `date`, a day of the person's zone (23 or 25 hours where the clock is put forward or back),
 * or between its `from` and `to` (ISO 8601, or dates of the person); without any the last 90 days and the next 30. Throws
 * `invalid_input` for bounds that are none.
 */
export async function calendarWindowFacts(scope: FactScope): Promise<CalendarWindowFacts> {
  const { tx, userId, person } = scope;
  const { fromMs, toMs } = readRange({ ...boundsOf(scope), timeZone: person.timeZone });
  const rows = await findEventsTouching(tx, { userId, from: new Date(fromMs), to: new Date(toMs) });
  const byUid = new Map(rows.map((row) => [row.uid, row]));
  const { instances, problems } = await listInstances(tx, { userId, fromMs, toMs });
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    events: instances
      .slice(0, factLimits.windowEvents)
      .map((instance) => toWindowEvent(instance, byUid.get(instance.uid), person.timeZone)),
    links: await readLinks(scope),
    problems: problems.map(({ path, message }) => `${path}: ${message}`),
    cut: instances.length > factLimits.windowEvents,
  };
}
