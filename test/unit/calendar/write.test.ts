import { describe, expect, it } from 'vitest';
import { expandEvents } from '../../../src/calendar/ics/expand.ts';
import { readCalendar } from '../../../src/calendar/ics/read.ts';
import { writeCalendar } from '../../../src/calendar/ics/write.ts';
import type { WritableEvent } from '../../../src/calendar/ics/write.ts';
import { fixture } from './ics.ts';

const berlin = { defaultTimeZone: 'Europe/Berlin' };

const focus: WritableEvent = {
  uid: 'k1@steward',
  title: 'Write the report; draft, then edit',
  description:
    'Line one\nLine two — with ümläuts that are long enough to be folded somewhere in the middle of a character 🙂🙂🙂',
  location: null,
  startMs: Date.parse('2026-03-30T07:00Z'),
  endMs: Date.parse('2026-03-30T08:30Z'),
  allDay: false,
  timeZone: 'Europe/Berlin',
  rrule: null,
  ics: null,
  status: 'confirmed',
  transparency: 'opaque',
  updatedMs: Date.parse('2026-03-01T12:00Z'),
};

function writable(name: string): WritableEvent[] {
  return readCalendar(fixture(name), berlin).events.map((event) => ({ ...event, updatedMs: 0 }));
}

describe('writing a calendar file', () => {
  it('writes what reads back as the same event', () => {
    const day = {
      ...focus,
      uid: 'k2@steward',
      allDay: true,
      startMs: Date.parse('2026-03-28T23:00Z'),
      endMs: Date.parse('2026-03-29T22:00Z'),
    };
    const { name, events } = readCalendar(writeCalendar([focus, day], { name: 'Steward' }), berlin);
    expect(name).toBe('Steward');
    const { updatedMs: _, timeZone: __, ics: ___, ...same } = focus;
    expect(events[0]).toMatchObject({ ...same, timeZone: 'UTC' });
    expect(events[1]).toMatchObject({ uid: 'k2@steward', allDay: true, startMs: day.startMs, endMs: day.endMs });
  });

  it('folds lines at 75 octets without cutting a character, and ends them with CRLF', () => {
    const text = writeCalendar([focus], { name: 'Steward' });
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text).not.toMatch(/[^\r]\n/u);
    expect(text).not.toContain('\uFFFD');
  });

  it.each(['exceptions', 'days', 'zones'])('gives back imported events so that they mean the same: %s', (name) => {
    const range = { fromMs: Date.parse('2026-01-01T00:00Z'), toMs: Date.parse('2027-01-01T00:00Z') };
    const before = writable(name);
    const after = readCalendar(writeCalendar(before, { name: 'x' }), berlin).events;
    expect(expandEvents(after, range)).toEqual(expandEvents(before, range));
  });

  it('keeps unknown properties, and writes a shared zone once', () => {
    const text = writeCalendar([...writable('exceptions'), ...writable('zones'), ...writable('zones')], { name: 'x' });
    expect(text).toContain('X-COLOR:teal');
    expect(text.match(/TZID:House Rules/gu)).toHaveLength(1);
  });
});
