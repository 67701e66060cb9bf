import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowEvent } from '../../../src/contract/facts/calendar-facts.ts';
import { calendar, event, patternsOf } from './support.ts';

const fromMs = Date.parse('2026-03-01T23:00:00.000Z');
const windowMinutes = 8 * 7 * 24 * 60 - 60;

/** Any calendar: meetings, blocks, days away and free events, some longer than a day, some beyond the window. */
const anyEvents = fc
  .array(
    fc.record({
      title: fc.constantFrom('Review', 'Sync', 'Sprint 1', 'Sprint 2', ''),
      at: fc.integer({ min: -600, max: windowMinutes + 600 }),
      minutes: fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 700, max: 4_000 })),
      allDay: fc.boolean(),
      busy: fc.boolean(),
      own: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((entries) =>
    entries.map(({ title, at, minutes, ...flags }, index): WindowEvent => ({
      ...event(title, new Date(fromMs + at * 60_000).toISOString(), { minutes, ...flags }),
      uid: `e${index}`,
    })),
  );

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('the figures of any calendar', () => {
  test('count no minute twice: free, meetings, blocks and days away make up the working time, in all and on each day', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvents, async (events) => {
        const { figures, weekdays, weeks } = await patternsOf(calendar(events));
        for (const { use } of [figures, ...weekdays, ...weeks])
          expect(use.away + use.meetings + use.blocks + use.free).toBe(use.working);
        for (const rows of [weekdays, weeks]) {
          expect(sum(rows.map(({ minutes }) => minutes))).toBe(figures.meetingMinutes);
          expect(sum(rows.map(({ use }) => use.free))).toBe(figures.use.free);
          expect(sum(rows.map(({ use }) => use.working))).toBe(figures.use.working);
          expect(sum(rows.map(({ days }) => days))).toBe(figures.days);
        }
        expect(sum(figures.freeStretches.map(({ minutes }) => minutes))).toBe(figures.use.free);
        expect(sum(weeks.map(({ focus }) => focus))).toBe(figures.focusMinutes);
        expect(figures.focusMinutes).toBeLessThanOrEqual(figures.use.free);
        expect(figures.use.meetings + figures.outsideHoursMinutes).toBeLessThanOrEqual(
          figures.meetingMinutes + figures.use.away,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('do not depend on the order of the events', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEvents.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        async ([events, shuffled]) => {
          expect(await patternsOf(calendar(shuffled))).toEqual(await patternsOf(calendar(events)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('put each event into one series at most', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvents, async (events) => {
        const { series } = await patternsOf(calendar(events));
        const uids = series.flatMap((each) => each.uids);
        expect(new Set(uids).size).toBe(uids.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a week of meetings', () => {
  const week = { from: '2026-03-01T23:00:00.000Z', to: '2026-03-08T23:00:00.000Z' };

  test('is counted by hand alike: share, free stretches, focus, hours outside, overlaps, chains', async () => {
    const events = [
      // Monday: a chain of three, 9:00 to 11:00, the last two overlapping by half an hour.
      event('A', '2026-03-02T09:00:00+01:00', { minutes: 60 }),
      event('B', '2026-03-02T10:05:00+01:00', { minutes: 55 }),
      event('C', '2026-03-02T10:30:00+01:00', { minutes: 30 }),
      // Tuesday evening, outside working hours.
      event('D', '2026-03-03T19:00:00+01:00', { minutes: 120 }),
      // Wednesday: away all day. Thursday: a holiday that leaves one free.
      event('Leave', '2026-03-04T00:00:00+01:00', { minutes: 1_440, allDay: true }),
      event('Holiday', '2026-03-05T00:00:00+01:00', { minutes: 1_440, allDay: true, busy: false }),
    ];
    const { figures, conflicts, chains, allDay, weekdays } = await patternsOf(calendar(events, week));
    expect(figures).toMatchObject({
      days: 7,
      events: 6,
      meetings: 4,
      meetingMinutes: 60 + 55 + 120,
      doubleBookedMinutes: 30,
      outsideHoursMinutes: 120,
      outsideHoursMeetings: 1,
      hoursPerWeek: 3.9,
      use: { working: 5 * 420, away: 420, meetings: 115, blocks: 0, free: 5 * 420 - 420 - 115 },
      // Monday 10:00–10:05 is the only stretch under 90 minutes beside 11:00–12:30, which has just 90.
      focusMinutes: 5 * 420 - 420 - 115 - 5,
      longestFreeMinutes: 210,
    });
    expect(conflicts).toMatchObject([{ first: { title: 'B' }, second: { title: 'C' }, minutes: 30 }]);
    expect(chains).toMatchObject([{ meetings: 3, minutes: 120 }]);
    expect(allDay).toEqual([
      { title: 'Leave', date: '2026-03-04', days: 1, away: true },
      { title: 'Holiday', date: '2026-03-05', days: 1, away: false },
    ]);
    expect(weekdays.map(({ minutes }) => minutes)).toEqual([115, 120, 0, 0, 0, 0, 0]);
  });

  test('with nothing in it is all free', async () => {
    const { figures, series, meetings } = await patternsOf(calendar([], week));
    expect(figures).toMatchObject({
      events: 0,
      meetingMinutes: 0,
      meetingShare: 0,
      use: { working: 2_100, free: 2_100 },
    });
    expect([series, meetings]).toEqual([[], []]);
  });
});

describe('meetings to come', () => {
  test('are the next of each series, with what is linked to them, and nothing that is past, free or all-day', async () => {
    const now = '2026-03-09T12:00:00.000Z';
    const weekly = [2, 9, 16, 23].map((day) => ({
      ...event('Sync', `2026-03-${String(day).padStart(2, '0')}T09:00:00Z`),
      uid: 'sync',
      recurring: true,
      rule: 'RRULE:FREQ=WEEKLY',
      recurrenceId: `2026-03-${String(day).padStart(2, '0')}T09:00:00Z`,
    }));
    const events = [
      ...weekly,
      event('Kick-off', '2026-03-12T09:00:00Z'),
      event('Maybe', '2026-03-12T09:00:00Z', { busy: false }),
      event('Trip', '2026-03-13T00:00:00Z', { allDay: true, minutes: 1_440 }),
      event('Write', '2026-03-12T15:00:00Z', { own: true }),
    ];
    const links = [
      { taskId: 't', eventUid: 'sync', recurrenceId: '2026-03-16T09:00:00Z', role: 'preparation' as const },
      { taskId: 't', eventUid: 'sync', recurrenceId: '2026-03-09T09:00:00Z', role: 'follow_up' as const },
    ];
    const { meetings } = await patternsOf(calendar(events, { links }), now);
    expect(
      meetings.map(({ event: { title, start }, series, linked }) => [title, start.slice(0, 10), series, linked]),
    ).toEqual([
      ['Kick-off', '2026-03-12', null, []],
      ['Sync', '2026-03-16', 's1', ['preparation']],
    ]);
  });
});
