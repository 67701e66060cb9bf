import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../src/calendar/ics/read.ts';
import { expand, fixture, vevents } from './ics.ts';

const berlin = { defaultTimeZone: 'Europe/Berlin' };

function starts(zone: string): Record<string, string> {
  const { events } = readCalendar(fixture('zones'), { defaultTimeZone: zone });
  return Object.fromEntries(events.map((event) => [event.title, new Date(event.startMs).toISOString().slice(0, 16)]));
}

describe('reading a calendar file', () => {
  it('makes one record of a series and its exceptions, and keeps every line of them', () => {
    const { name, events, problems } = readCalendar(fixture('exceptions'), berlin);
    expect(problems).toEqual([]);
    expect(name).toBe('Team');
    expect(events).toMatchObject([
      {
        uid: 'weekly@example.com',
        title: 'Weekly, with everybody',
        timeZone: 'Europe/Berlin',
        rrule: 'RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20260422T215959Z',
        allDay: false,
      },
    ]);
    expect(events[0]?.ics.match(/BEGIN:VEVENT/gu)).toHaveLength(3);
    expect(events[0]?.ics).toContain('X-COLOR:teal');
  });

  it('understands zones by IANA, Windows and display names, prefixes and rules of their own', () => {
    expect(starts('Europe/Berlin')).toEqual({
      'Windows name': '2026-07-01T08:00',
      'Display name': '2026-07-01T09:00',
      'Rules of its own': '2026-03-02T14:00',
      "Vendor's prefix": '2026-07-01T13:00',
      Exchange: '2026-07-01T12:00',
      Floating: '2026-07-01T11:00',
      Nowhere: '2026-07-01T12:00',
    });
  });

  it('takes floating times and unknown zones where the person is, and says which zone is unknown', () => {
    expect(starts('Asia/Kolkata')).toMatchObject({
      'Windows name': '2026-07-01T08:00',
      Floating: '2026-07-01T07:30',
      Nowhere: '2026-07-01T08:30',
    });
    expect(readCalendar(fixture('zones'), berlin).problems).toEqual([
      { path: 'zones', message: "The time zone 'Middle Earth' is unknown: its events were taken in Europe/Berlin." },
    ]);
  });

  it('follows the rules of a zone of its own over the change of clocks', () => {
    const { instances } = expand(fixture('zones'), { from: '2026-03-01T00:00Z', to: '2026-04-01T00:00Z' });
    expect(instances.map((instance) => instance.start)).toEqual([
      '2026-03-02T14:00:00Z',
      '2026-03-09T13:00:00Z',
      '2026-03-16T13:00:00Z',
    ]);
  });

  it('keeps the zone that a record names beside it, so that the record stands alone', () => {
    const custom = readCalendar(fixture('zones'), berlin).events.find((event) => event.uid === 'custom@example.com');
    expect(custom?.ics).toContain('TZID:House Rules');
    expect(readCalendar(custom?.ics ?? '', berlin).events).toEqual([custom]);
  });

  it('takes what it can and names what it left out', () => {
    const { events, problems } = readCalendar(fixture('broken'), berlin);
    expect(events.map((event) => event.title)).toEqual(['Good enough', 'No uid, ends before it starts']);
    expect(events[1]?.uid).toMatch(/^[0-9a-f]{32}@import$/u);
    expect(events[1]?.endMs).toBe(events[1]?.startMs);
    expect(problems).toEqual([
      { path: 'events.0', message: 'This event was left out: there is no DTSTART' },
      { path: 'events.2', message: expect.stringContaining('is not a time') },
    ]);
  });

  it('lets the highest SEQUENCE of a uid win', () => {
    const version = (sequence: number, title: string) => [
      'UID:v',
      'DTSTART:20260401T080000Z',
      `SEQUENCE:${sequence}`,
      `SUMMARY:${title}`,
    ];
    expect(
      readCalendar(vevents(version(2, 'new'), version(1, 'old')), berlin).events.map((event) => event.title),
    ).toEqual(['new']);
  });

  it.each([
    ['an empty file', ''],
    ['a web page', '<html></html>'],
    ['a card', 'BEGIN:VCARD\r\nEND:VCARD'],
  ])('refuses %s', (_, text) => {
    expect(() => readCalendar(text, berlin)).toThrowError(expect.objectContaining({ code: 'invalid_input' }));
  });

  it('refuses more than 5 MB', () => {
    const text = vevents(['UID:x', 'DTSTART:20260401T080000Z', `DESCRIPTION:${'ü'.repeat(2_700_000)}`]);
    expect(() => readCalendar(text, berlin)).toThrowError(expect.objectContaining({ code: 'payload_too_large' }));
  });

  it('reads bare line feeds, folded lines and a byte order mark', () => {
    const text =
      `\uFEFF${vevents(['UID:f', 'DTSTART:20260401T080000Z', 'SUMMARY:folded', '  here', 'DESCRIPTION;LANGUAGE=de:a\\nb\\; c'])}`.replaceAll(
        '\r\n',
        '\n',
      );
    expect(readCalendar(text, berlin).events).toMatchObject([{ title: 'folded here', description: 'a\nb; c' }]);
  });
});
