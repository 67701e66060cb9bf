import { describe, expect, it } from 'vitest';
import { backends } from '../support/backends.ts';
import { fixture, useCalendar } from './setup.ts';

function series(fields: { readonly sequence?: number; readonly stamp?: string; readonly title?: string } = {}): string {
  const { sequence = 1, stamp = '20260101T000000Z', title = 'Series' } = fields;
  const lines = [
    'UID:s',
    `DTSTAMP:${stamp}`,
    'DTSTART:20260330T080000Z',
    'DURATION:PT1H',
    'RRULE:FREQ=DAILY;COUNT=3',
    `SEQUENCE:${sequence}`,
    `SUMMARY:${title}`,
  ];
  return ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
}

describe.each(backends)('importing into the local calendar on $name', ({ start }) => {
  const at = useCalendar(start);

  it('takes a file in once, however often it is imported', async () => {
    expect(await at.calendar.importIcs({ userId: at.userId, text: fixture('exceptions') })).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      problems: [],
    });
    expect(await at.calendar.importIcs({ userId: at.userId, text: fixture('exceptions') })).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
      skipped: 0,
      problems: [],
    });
    expect(await at.titles('2026-03-01', '2026-05-01')).toEqual([
      '2026-03-18T08:30:00Z Weekly, with everybody',
      '2026-03-25T08:30:00Z Weekly, with everybody',
      '2026-04-10T12:00:00Z Weekly, moved to Friday',
      '2026-04-22T07:30:00Z Weekly, with everybody',
    ]);
  });

  it('updates what changed, keeps what is newer, and does not mind a new export stamp', async () => {
    await at.calendar.importIcs({ userId: at.userId, text: series() });
    expect(
      await at.calendar.importIcs({ userId: at.userId, text: series({ stamp: '20270101T000000Z' }) }),
    ).toMatchObject({
      unchanged: 1,
      updated: 0,
    });
    expect(
      await at.calendar.importIcs({ userId: at.userId, text: series({ sequence: 2, title: 'Moved' }) }),
    ).toMatchObject({
      updated: 1,
    });
    expect(
      await at.calendar.importIcs({ userId: at.userId, text: series({ sequence: 1, title: 'Stale' }) }),
    ).toMatchObject({
      skipped: 1,
      updated: 0,
      problems: [{ path: 's' }],
    });
    expect(await at.titles('2026-03-31', '2026-04-01')).toEqual(['2026-03-31T08:00:00Z Moved']);
  });

  it('counts what it could not read as skipped, and says what that was', async () => {
    const report = await at.calendar.importIcs({ userId: at.userId, text: fixture('broken') });
    expect(report).toMatchObject({ created: 2, skipped: 2 });
    expect(report.problems.map((problem) => problem.path)).toEqual(['events.0', 'events.2']);
  });

  it('never lets an import replace an event of its own', async () => {
    await at.calendar.createEvent(at.focus());
    const { secret } = await at.calendar.createFeed({ userId: at.userId });
    const text = (await at.calendar.feed({ secret })).replace('SUMMARY:Focus', 'SUMMARY:Foreign');
    expect(await at.calendar.importIcs({ userId: at.userId, text })).toMatchObject({
      skipped: 1,
      created: 0,
      updated: 0,
    });
    expect(await at.titles('2026-03-30', '2026-03-31')).toEqual(['2026-03-30T07:00:00Z Focus']);
  });

  it('takes in a thousand events at once', async () => {
    const event = (index: number) => [
      'BEGIN:VEVENT',
      `UID:${index}`,
      'DTSTART:20260330T080000Z',
      'DURATION:PT1H',
      `SUMMARY:${index}`,
      'END:VEVENT',
    ];
    const text = [
      'BEGIN:VCALENDAR',
      ...Array.from({ length: 1_000 }, (_, index) => event(index)).flat(),
      'END:VCALENDAR',
    ].join('\r\n');
    expect(await at.calendar.importIcs({ userId: at.userId, text })).toMatchObject({ created: 1_000, problems: [] });
    expect(await at.calendar.importIcs({ userId: at.userId, text })).toMatchObject({ unchanged: 1_000, problems: [] });
  });
});
