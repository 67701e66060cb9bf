import type { CalendarEventRow, CalendarEventValues } from '../../db/calendar-events.ts';
import { eventEtag } from '../event-identity.ts';
import type { ImportedEvent } from '../ics/types.ts';
import type { WritableEvent } from '../ics/write.ts';

export function toEvent(row: CalendarEventRow): WritableEvent {
  return {
    uid: row.uid,
    title: row.title,
    description: row.description,
    location: row.location,
    startMs: Date.parse(row.start_at),
    endMs: Date.parse(row.end_at),
    allDay: row.all_day,
    timeZone: row.time_zone ?? 'UTC',
    rrule: row.rrule,
    ics: row.ics,
    status: row.status,
    transparency: row.transparency,
    updatedMs: Date.parse(row.updated_at),
  };
}

export function toValues(
  event: Omit<ImportedEvent, 'sequence' | 'ics'> & { readonly ics: string | null },
  userId: string,
): CalendarEventValues & { readonly etag: string } {
  return {
    user_id: userId,
    uid: event.uid,
    title: event.title,
    description: event.description,
    location: event.location,
    start_at: new Date(event.startMs).toISOString(),
    end_at: new Date(event.endMs).toISOString(),
    all_day: event.allDay,
    time_zone: event.timeZone,
    rrule: event.rrule,
    ics: event.ics,
    status: event.status,
    transparency: event.transparency,
    source: 'import',
    etag: eventEtag(event),
  };
}

/** What the row's etag is or would be. */
export function etagOf(row: CalendarEventRow): string {
  return row.etag ?? eventEtag(toEvent(row));
}
