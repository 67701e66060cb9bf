import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import type { EventStatus, Transparency } from './types.ts';
import { unfold } from './split.ts';
import { addLength, readTime, toMs } from './times.ts';
import type { EventTime } from './times.ts';
import type { Zones } from './zones.ts';

/** One VEVENT, understood. */
export type ParsedEvent = {
  readonly uid: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly start: EventTime;
  readonly length: Temporal.Duration;
  readonly recurrenceId: EventTime | null;
  /** Whether this exception also moves every later instance. */
  readonly andFuture: boolean;
  /** As in the file, without `RRULE:`. */
  readonly rules: readonly string[];
  readonly extraDates: readonly { readonly start: EventTime; readonly length: Temporal.Duration | null }[];
  readonly exceptDates: readonly EventTime[];
  readonly status: EventStatus;
  readonly transparency: Transparency;
  readonly sequence: number;
};

const statuses: Readonly<Record<string, EventStatus>> = { TENTATIVE: 'tentative', CANCELLED: 'cancelled' };

/** Parses one VEVENT. Lines that are no properties are left out; a broken start, end or exception makes it throw. */
export function parseEvent(raw: string, zones: Zones): ParsedEvent {
  const event = parseComponent(raw);
  const startProperty = event.getFirstProperty('dtstart');
  if (startProperty === null) throw new RangeError('there is no DTSTART');
  const start = first(timesOf(startProperty, zones));
  const recurrence = event.getFirstProperty('recurrence-id');
  return {
    uid: textOf(event, 'uid')?.trim() ?? null,
    title: textOf(event, 'summary') ?? '',
    description: textOf(event, 'description'),
    location: textOf(event, 'location'),
    start,
    length: lengthOf(event, { start, zones }),
    recurrenceId: recurrence === null ? null : first(timesOf(recurrence, zones)),
    andFuture: recurrence !== null && parameterOf(recurrence, 'range')?.toUpperCase() === 'THISANDFUTURE',
    rules: ruleLines(raw),
    extraDates: event.getAllProperties('rdate').flatMap((property) => readExtraDates(property, zones)),
    exceptDates: event.getAllProperties('exdate').flatMap((property) => timesOf(property, zones)),
    status: statuses[textOf(event, 'status')?.trim().toUpperCase() ?? ''] ?? 'confirmed',
    transparency: textOf(event, 'transp')?.trim().toUpperCase() === 'TRANSPARENT' ? 'transparent' : 'opaque',
    sequence: Number(textOf(event, 'sequence')) || 0,
  };
}

/** ical.js refuses a whole component for one bad line, so after a failure the lines are tried one by one. */
export function parseComponent(raw: string): ICAL.Component {
  const text = mend(raw);
  try {
    return new ICAL.Component(toJcal(ICAL.parse(text)));
  } catch {
    const sound = unfold(text).filter((line) => /^(?:BEGIN|END):/iu.test(line) || isProperty(line));
    return new ICAL.Component(toJcal(ICAL.parse(sound.join('\r\n'))));
  }
}

/** What real exporters write against the rules: dates that don't say so, empty rules, Exchange's zone without quotes. */
function mend(raw: string): string {
  return raw
    .replace(
      /^((?:DTSTART|DTEND|EXDATE|RDATE|RECURRENCE-ID)(?:;(?!VALUE=)[^:;\r\n]*)*):(\d{8}(?:,\d{8})*)(?=\s*$)/gimu,
      '$1;VALUE=DATE:$2',
    )
    .replace(/^RRULE[^:\r\n]*:[ \t]*\r?\n(?![ \t])/gimu, '')
    .replace(/TZID=(tzone:\/\/[^:;]*):/giu, 'TZID="$1":');
}

/** ical.js types its parser's answer as a loose object; its component takes what its parser gives. */
function toJcal(parsed: unknown): unknown[] {
  if (!Array.isArray(parsed)) throw new RangeError('this is not one component');
  return parsed;
}

function isProperty(line: string): boolean {
  try {
    ICAL.Property.fromString(line);
    return true;
  } catch {
    return false;
  }
}

/** The values of a property as ical.js found them; its types call them anything. */
function valuesOf(property: ICAL.Property): readonly unknown[] {
  return asList(property.toJSON()).slice(3);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(event: ICAL.Component, name: string): string | null {
  const property = event.getFirstProperty(name);
  const value = property === null ? null : valuesOf(property)[0];
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.trim() === '' ? null : text;
}

function timesOf(property: ICAL.Property, zones: Zones): EventTime[] {
  return valuesOf(property)
    .filter((value) => value !== '')
    .map((value) => readTime(value, { tzid: parameterOf(property, 'tzid'), zones }));
}

function parameterOf(property: ICAL.Property, name: string): string | null {
  const value: unknown = property.getFirstParameter(name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function first(times: readonly EventTime[]): EventTime {
  const [time] = times;
  if (time === undefined) throw new RangeError('a time is missing');
  return time;
}

/** An event without an end lasts a day when it is all-day and no time when it isn't; so does one that ends before it starts. */
function lengthOf(
  event: ICAL.Component,
  { start, zones }: { readonly start: EventTime; readonly zones: Zones },
): Temporal.Duration {
  const least = start.kind === 'date' ? Temporal.Duration.from({ days: 1 }) : new Temporal.Duration();
  const duration = textOf(event, 'duration');
  const endProperty = event.getFirstProperty('dtend');
  if (endProperty === null && duration === null) return least;
  const length =
    endProperty === null
      ? Temporal.Duration.from(duration ?? 'PT0S')
      : lengthBetween(start, first(timesOf(endProperty, zones)));
  return toMs(addLength(start, length)) > toMs(start) ? length : least;
}

function lengthBetween(start: EventTime, end: EventTime): Temporal.Duration {
  if (start.kind === 'date' && end.kind === 'date') return start.date.until(end.date, { largestUnit: 'days' });
  return Temporal.Duration.from({ milliseconds: toMs(end) - toMs(start) });
}

function readExtraDates(property: ICAL.Property, zones: Zones) {
  const tzid = parameterOf(property, 'tzid');
  return valuesOf(property).map((value) => {
    const [from, to] = Array.isArray(value) ? asList(value) : [value];
    const start = readTime(from, { tzid, zones });
    if (typeof to !== 'string') return { start, length: null };
    return {
      start,
      length: /^[+-]?P/u.test(to) ? Temporal.Duration.from(to) : lengthBetween(start, readTime(to, { tzid, zones })),
    };
  });
}

function ruleLines(raw: string): string[] {
  return unfold(raw).flatMap((line) => {
    const rule = /^RRULE[^:]*:(.*)$/iu.exec(line)?.[1]?.trim() ?? '';
    return rule === '' ? [] : [rule.toUpperCase()];
  });
}
