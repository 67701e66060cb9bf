import { Temporal } from 'temporal-polyfill';
import type { Zones } from './zones.ts';

/** A point on the calendar: a whole day, or an instant in a zone. */
export type EventTime =
  | { readonly kind: 'date'; readonly date: Temporal.PlainDate; readonly timeZone: string }
  | { readonly kind: 'instant'; readonly at: Temporal.ZonedDateTime };

/**
 * Reads a time as ical.js writes it. Without a zone it is floating: the person's wall clock.
 * @throws RangeError for what is no time
 */
export function readTime(
  value: unknown,
  { tzid, zones }: { readonly tzid: string | null; readonly zones: Zones },
): EventTime {
  const text = typeof value === 'string' ? value : '';
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text))
    return { kind: 'date', date: Temporal.PlainDate.from(text), timeZone: zones.defaultTimeZone };
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:)(\d{2})?(Z)?$/u.exec(text);
  if (match === null) throw new RangeError(`'${text}' is not a time`);
  const plain = Temporal.PlainDateTime.from(`${match[1] ?? ''}${match[2] ?? '00'}`);
  if (match[3] === 'Z') return { kind: 'instant', at: plain.toZonedDateTime('UTC') };
  return { kind: 'instant', at: plain.toZonedDateTime(tzid === null ? zones.defaultTimeZone : zones.resolve(tzid)) };
}

export function toMs(time: EventTime): number {
  return time.kind === 'date' ? time.date.toZonedDateTime(time.timeZone).epochMilliseconds : time.at.epochMilliseconds;
}

/** A date, or an instant in UTC: for people and programs, and to tell instances of a series apart. */
export function toIso(time: EventTime): string {
  return time.kind === 'date' ? time.date.toString() : time.at.toInstant().toString({ smallestUnit: 'second' });
}

export function zoneOf(time: EventTime): string {
  return time.kind === 'date' ? time.timeZone : time.at.timeZoneId;
}

/** The wall clock of a time; midnight for a whole day. */
export function toPlain(time: EventTime): Temporal.PlainDateTime {
  return time.kind === 'date' ? time.date.toPlainDateTime() : time.at.toPlainDateTime();
}

/** Days count by the calendar, hours by the clock: a day's event over a change of clocks stays a day. */
export function addLength(time: EventTime, length: Temporal.Duration): EventTime {
  if (time.kind === 'instant') return { kind: 'instant', at: time.at.add(length) };
  return { ...time, date: time.date.add(length) };
}

/** Moves a time along the wall clock. */
export function shiftBy(time: EventTime, shift: Temporal.Duration): EventTime {
  const plain = toPlain(time).add(shift);
  return time.kind === 'date'
    ? { ...time, date: plain.toPlainDate() }
    : { kind: 'instant', at: plain.toZonedDateTime(time.at.timeZoneId) };
}
