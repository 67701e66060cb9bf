import { Temporal } from 'temporal-polyfill';
import type { Transaction } from 'kysely';
import { StewardError, invalidInput } from '../../contract/errors.ts';
import { insertEvents, lockEvent, removeEvent, saveEvents } from '../../db/calendar-events.ts';
import type { CalendarEventRow, CalendarEventValues } from '../../db/calendar-events.ts';
import type { Tables } from '../../db/tables.ts';
import { eventUid } from '../event-identity.ts';
import type { Created, Deleted, EventChanges, EventRef, NewEvent, Updated } from '../provider.ts';
import { etagOf, toEvent, toValues } from './rows.ts';

type Tx = Transaction<Tables>;

/** `CalendarProvider.createEvent` within a transaction, beside whatever else has to happen with it. */
export async function createEvent(tx: Tx, params: NewEvent): Promise<Created> {
  const values = newValues(params);
  const { uid, etag } = values;
  if ((await insertEvents(tx, [values])) > 0) return { uid, etag, outcome: 'created' };
  const row = await lockEvent(tx, { userId: params.userId, uid });
  if (row === null || row.deleted_at !== null) {
    await saveEvents(tx, [values]);
    return { uid, etag, outcome: 'created' };
  }
  if (etagOf(row) === etag) return { uid, etag, outcome: 'already_there' };
  throw conflict(row, 'There is another event under this id already: it was changed since it was made.');
}

/** Several new events in one statement. @throws `conflict` when one is there already: roll back and create each by itself */
export async function createEvents(
  tx: Tx,
  events: readonly NewEvent[],
): Promise<readonly (Created & { readonly event: NewEvent })[]> {
  const all = events.map((event) => ({ event, values: newValues(event) }));
  const values = all.map((each) => each.values);
  if ((await insertEvents(tx, values)) < all.length)
    throw new StewardError('conflict', 'One of these events is there already.');
  return all.map(({ event, values: { uid, etag } }) => ({ event, uid, etag, outcome: 'created' }));
}

/** `CalendarProvider.updateEvent` within a transaction. */
export async function updateEvent(tx: Tx, params: EventRef & { readonly changes: EventChanges }): Promise<Updated> {
  const row = await lockEvent(tx, params);
  if (row === null || row.deleted_at !== null)
    throw new StewardError('not_found', 'This event is gone.', { details: { uid: params.uid } });
  if (row.ics !== null)
    throw new StewardError('conflict', 'This event came from another calendar: change it there and import it again.', {
      details: { uid: params.uid },
    });
  const values = changedValues(row, params.changes);
  if (etagOf(row) === values.etag) return { uid: row.uid, etag: values.etag, outcome: 'already_there' };
  if (etagOf(row) !== params.etag) throw conflict(row, 'This event was changed since you read it.');
  await saveEvents(tx, [values]);
  return { uid: row.uid, etag: values.etag, outcome: 'updated' };
}

/** `CalendarProvider.deleteEvent` within a transaction. */
export async function deleteEvent(tx: Tx, params: EventRef): Promise<Deleted> {
  const row = await lockEvent(tx, params);
  if (row === null || row.deleted_at !== null) return { uid: params.uid, outcome: 'already_gone' };
  if (etagOf(row) !== params.etag) throw conflict(row, 'This event was changed since it was made: it stays.');
  await removeEvent(tx, params);
  return { uid: params.uid, outcome: 'deleted' };
}

/** Brings a deleted event back. @throws `conflict` when there is another under its uid by now, `not_found` when it is gone for good */
export async function restoreEvent(tx: Tx, params: EventRef): Promise<void> {
  const row = await lockEvent(tx, params);
  if (row === null) throw new StewardError('not_found', 'This event is gone.', { details: { uid: params.uid } });
  if (etagOf(row) !== params.etag) throw conflict(row, 'There is another event under this id by now.');
  if (row.deleted_at === null) return;
  const { id: _id, created_at: _created, updated_at: _updated, deleted_at: _deleted, ...values } = row;
  await saveEvents(tx, [values]);
}

function newValues(params: NewEvent): CalendarEventValues & { readonly etag: string } {
  const event = {
    uid: eventUid(params.eventId),
    title: params.title,
    description: params.description,
    location: null,
    ...readSpan(params),
    allDay: false,
    rrule: null,
    ics: null,
    status: 'confirmed' as const,
    transparency: 'opaque' as const,
  };
  return { ...toValues(event, params.userId), source: 'steward', task_id: params.taskId, run_id: params.runId };
}

function changedValues(row: CalendarEventRow, changes: EventChanges): CalendarEventValues & { readonly etag: string } {
  const before = toEvent(row);
  const span = readSpan({
    start: changes.start ?? row.start_at,
    end: changes.end ?? row.end_at,
    timeZone: changes.timeZone ?? before.timeZone,
  });
  const description = changes.description === undefined ? before.description : changes.description;
  const event = { ...before, ...span, title: changes.title ?? before.title, description };
  return { ...toValues(event, row.user_id), source: row.source, task_id: row.task_id, run_id: row.run_id };
}

function readSpan({
  start,
  end,
  timeZone,
}: {
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}) {
  const startMs = readInstant('start', start);
  const endMs = readInstant('end', end);
  if (endMs < startMs) throw invalidInput([{ path: 'end', message: 'must not be before the start' }]);
  try {
    Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(timeZone);
  } catch (cause) {
    throw new StewardError('invalid_input', `timeZone: '${timeZone}' is no IANA time zone`, { cause });
  }
  return { startMs, endMs, timeZone };
}

function readInstant(path: string, value: string): number {
  try {
    return Temporal.Instant.from(value).epochMilliseconds;
  } catch {
    throw invalidInput([{ path, message: `'${value}' is no instant; write 2026-03-29T09:00:00Z` }]);
  }
}

function conflict(row: CalendarEventRow, message: string): StewardError {
  return new StewardError('conflict', message, {
    details: { uid: row.uid, title: row.title, start: row.start_at, end: row.end_at, etag: etagOf(row) },
  });
}
