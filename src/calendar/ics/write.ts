import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { parseComponent } from './event.ts';
import { splitCalendar } from './split.ts';
import type { CalendarRecord } from './types.ts';

export type WritableEvent = CalendarRecord & {
  readonly description: string | null;
  readonly location: string | null;
  /** When the record last changed. */
  readonly updatedMs: number;
};

/**
 * An iCalendar file of these events. Imported ones are given back as they came, unknown properties and zones included; those
 * of Steward are written in UTC, which needs no zone.
 */
export function writeCalendar(events: readonly WritableEvent[], { name }: { readonly name: string }): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Steward//Steward//EN');
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  calendar.addPropertyWithValue('x-wr-calname', name);
  const zones = new Set<string>();
  for (const event of events) {
    const text = event.ics === null ? null : splitCalendar(event.ics);
    for (const [tzid, raw] of text?.zones ?? []) {
      if (zones.has(tzid)) continue;
      zones.add(tzid);
      calendar.addSubcomponent(parseComponent(raw));
    }
    const parts = text === null ? [composeEvent(event)] : text.events.map((raw) => parseComponent(raw));
    for (const part of parts) calendar.addSubcomponent(part);
  }
  return `${calendar.toString()}\r\n`;
}

function composeEvent(event: WritableEvent): ICAL.Component {
  const component = new ICAL.Component('vevent');
  component.addPropertyWithValue('uid', event.uid);
  component.addPropertyWithValue('dtstamp', utcTime(event.updatedMs));
  component.addPropertyWithValue('last-modified', utcTime(event.updatedMs));
  component.addPropertyWithValue('dtstart', timeOf(event, event.startMs));
  component.addPropertyWithValue('dtend', timeOf(event, event.endMs));
  component.addPropertyWithValue('summary', event.title);
  if (event.description !== null) component.addPropertyWithValue('description', event.description);
  if (event.location !== null) component.addPropertyWithValue('location', event.location);
  component.addPropertyWithValue('status', event.status.toUpperCase());
  component.addPropertyWithValue('transp', event.transparency.toUpperCase());
  return component;
}

function timeOf(event: WritableEvent, ms: number): ICAL.Time {
  if (!event.allDay) return utcTime(ms);
  return ICAL.Time.fromDateString(
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(event.timeZone).toPlainDate().toString(),
  );
}

function utcTime(ms: number): ICAL.Time {
  return ICAL.Time.fromDateTimeString(Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: 'second' }));
}
