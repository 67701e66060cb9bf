import { etagOf } from '../../../src/calendar/local/rows.ts';
import { StewardError } from '../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../src/contract/json.ts';
import { lockEvent } from '../../../src/db/calendar-events.ts';
import type { CalendarEventRow } from '../../../src/db/calendar-events.ts';
import type { OperationContext } from '../../records/operations/executor.ts';
import { fieldOf } from '../../support/json-value.ts';

/** The event, locked until the transaction ends; null when it is gone. */
export async function readEvent(context: OperationContext, uid: string): Promise<CalendarEventRow | null> {
  const row = await lockEvent(context.tx, { userId: context.userId, uid });
  return row === null || row.deleted_at !== null ? null : row;
}

/** What is shown of an event that is to change, and the etag that says whether it is still the same. */
function eventFields(row: CalendarEventRow): JsonObject {
  const { title, start_at: start, end_at: end, time_zone: timeZone } = row;
  return { title, start, end, time_zone: timeZone, etag: etagOf(row) };
}

/**
 * The event as it is before the proposal; null when it is gone. Throws `invalid_input` for one that proposals don't touch:
 * a series, of which one instance can't be told from the rest here, or one that another calendar keeps.
 */
export async function ownEventBefore(context: OperationContext, uid: string): Promise<JsonObject | null> {
  const row = await readEvent(context, uid);
  if (row === null) return null;
  const series = row.rrule !== null || row.recurrence_id !== null;
  if (series || row.ics !== null)
    throw new StewardError(
      'invalid_input',
      `eventUid: "${row.title}" (${uid}) ${series ? 'repeats' : 'came from another calendar'}: change it in its calendar.`,
    );
  return eventFields(row);
}

/** The event, the same as when the proposal was made. Throws `not_found` or `conflict`. */
export async function unchangedEvent(context: OperationContext, uid: string, before: Json): Promise<CalendarEventRow> {
  const row = await readEvent(context, uid);
  if (row === null) throw new StewardError('not_found', 'The event is not there any more.');
  const etag = fieldOf(before, 'etag');
  if (etag !== null && etag !== etagOf(row))
    throw new StewardError('conflict', 'The event was changed after the proposal was made.');
  return row;
}
