import ical from 'node-ical';
import { Temporal } from 'temporal-polyfill';

/** Finds the zone that a TZID means, once per file. */
export interface Zones {
  /** An IANA name or an offset that Temporal knows; the person's own zone when the name means nothing. */
  resolve(tzid: string): string;
  readonly defaultTimeZone: string;
  /** Names that meant nothing. */
  readonly unknown: ReadonlySet<string>;
}

export function createZones(options: {
  readonly zones: ReadonlyMap<string, string>;
  readonly defaultTimeZone: string;
}): Zones {
  const known = new Map<string, string>();
  const unknown = new Set<string>();
  return {
    defaultTimeZone: options.defaultTimeZone,
    unknown,
    resolve(tzid) {
      const found = known.get(tzid) ?? findZone(tzid, options.zones.get(tzid) ?? null);
      if (found === null) unknown.add(tzid);
      known.set(tzid, found ?? options.defaultTimeZone);
      return found ?? options.defaultTimeZone;
    },
  };
}

function findZone(tzid: string, vtimezone: string | null): string | null {
  const name = tzid.replace(/^"(.*)"$/u, '$1');
  // Evolution and others put a vendor's prefix before the name: /freeassociation.sourceforge.net/Europe/Berlin.
  const parts = name.split('/');
  const tails = [2, 3].filter((count) => parts.length > count).map((count) => parts.slice(-count).join('/'));
  const plain = [name, offsetOf(name), ...tails].find((candidate) => candidate !== null && isZone(candidate));
  return (
    plain ?? askLibrary(name, vtimezone) ?? (vtimezone === null ? null : askLibrary(customName, rename(vtimezone)))
  );
}

/** node-ical looks at the rules of a VTIMEZONE only under a name that Outlook uses for zones of its own. */
const customName = 'Customized Time Zone';

function rename(vtimezone: string): string {
  return vtimezone.replace(/^TZID[;:].*(?:\r\n[ \t].*)*$/imu, `TZID:${customName}`);
}

/** Windows names, display names and rules are node-ical's: a small calendar is put to it and the zone read off. */
function askLibrary(name: string, vtimezone: string | null): string | null {
  const quoted = /[:;,]/u.test(name) ? `"${name}"` : name;
  const event = ['BEGIN:VEVENT', 'UID:probe', `DTSTART;TZID=${quoted}:20240601T120000`, 'END:VEVENT'];
  const lines = ['BEGIN:VCALENDAR', ...(vtimezone === null ? [] : [vtimezone]), ...event, 'END:VCALENDAR'];
  const probe = ical.sync.parseICS(lines.join('\r\n'))['probe'];
  if (probe?.type !== 'VEVENT' || !('start' in probe)) return null;
  const zone = probe.start instanceof Date ? probe.start.tz : undefined;
  return zone !== undefined && isZone(zone) ? zone : null;
}

function offsetOf(name: string): string | null {
  const match = /^(?:GMT|UTC)([+-])(\d{1,2})(?::?(\d{2}))?$/iu.exec(name);
  return match === null ? null : `${match[1] ?? '+'}${(match[2] ?? '').padStart(2, '0')}:${match[3] ?? '00'}`;
}

function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
