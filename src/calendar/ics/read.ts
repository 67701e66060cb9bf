import { createHash } from 'node:crypto';
import { StewardError, invalidInput } from '../../contract/errors.ts';
import type { Problem } from '../../contract/errors.ts';
import { groupEvents } from './group.ts';
import type { EventGroup } from './group.ts';
import { joinCalendar, splitCalendar, unfold } from './split.ts';
import type { CalendarText } from './split.ts';
import { addLength, toMs, zoneOf } from './times.ts';
import type { ImportedEvent } from './types.ts';
import { createZones } from './zones.ts';

const maxCalendarBytes = 5 * 1024 * 1024;

export type ReadCalendar = {
  readonly name: string | null;
  readonly events: readonly ImportedEvent[];
  /** What was left out or guessed; `path` is `events.<position in the file>` or `zones`. */
  readonly problems: readonly Problem[];
};

/**
 * Reads an iCalendar file: one record a uid, with the text of all its parts kept. Syntax is ical.js's, zones are node-ical's,
 * so nothing depends on the zone of the machine (node-ical's own dates do, and it knows no RDATE). Floating times and whole
 * days are taken in `defaultTimeZone`.
 * @throws StewardError `payload_too_large` over 5 MB, `invalid_input` for what is no calendar
 */
export function readCalendar(text: string, options: { readonly defaultTimeZone: string }): ReadCalendar {
  if (Buffer.byteLength(text) > maxCalendarBytes) {
    throw new StewardError(
      'payload_too_large',
      'The calendar is larger than 5 MB: export a shorter time, or fewer calendars at once.',
    );
  }
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/iu.test(text)) {
    throw invalidInput([{ path: 'text', message: 'this is no iCalendar file: it must start with BEGIN:VCALENDAR' }]);
  }
  const calendar = splitCalendar(text);
  const zones = createZones({ zones: calendar.zones, defaultTimeZone: options.defaultTimeZone });
  const { groups, problems } = groupEvents(calendar, {
    zones,
    newUid: (raw) => `${createHash('sha256').update(raw).digest('hex').slice(0, 32)}@import`,
  });
  const unknown = [...zones.unknown].map((zone) => ({
    path: 'zones',
    message: `The time zone '${zone}' is unknown: its events were taken in ${options.defaultTimeZone}.`,
  }));
  return {
    name: calendar.name,
    events: groups.flatMap((group) => toRecord(group, calendar)),
    problems: [...problems, ...unknown],
  };
}

function toRecord(group: EventGroup, calendar: CalendarText): ImportedEvent[] {
  const { base, exceptions } = group;
  const main = base ?? exceptions[0];
  if (main === undefined) return [];
  const { event } = main;
  const raws = [...(base === null ? [] : [base]), ...exceptions].map((member) => member.raw);
  const named = [...calendar.zones].filter(([tzid]) =>
    raws.some((raw) => unfold(raw).some((line) => line.includes(tzid))),
  );
  const { title, description, location, status, transparency, sequence } = event;
  return [
    {
      uid: group.uid,
      title,
      description,
      location,
      startMs: toMs(event.start),
      endMs: toMs(addLength(event.start, event.length)),
      allDay: event.start.kind === 'date',
      timeZone: zoneOf(event.start),
      rrule: recurrenceOf(group),
      ics: joinCalendar({ events: raws, zones: named.map(([, raw]) => raw) }),
      status,
      transparency,
      sequence,
    },
  ];
}

/** In words for people and as the mark of a record with any number of instances but one. */
function recurrenceOf({ base, exceptions }: EventGroup): string | null {
  const rules = (base?.event.rules ?? []).map((rule) => `RRULE:${rule}`);
  if (rules.length > 0) return rules.join('\n');
  if ((base?.event.extraDates ?? []).length > 0) return 'RDATE';
  return exceptions.length > 0 ? 'RECURRENCE-ID' : null;
}
