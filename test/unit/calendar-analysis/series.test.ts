import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowEvent } from '../../../src/contract/facts/calendar-facts.ts';
import { calendar, event, onDays, patternsOf } from './support.ts';

async function seriesOf(events: readonly WindowEvent[]) {
  return (await patternsOf(calendar(events))).series;
}

async function implicitOf(events: readonly WindowEvent[]) {
  return (await seriesOf(events)).filter(({ kind }) => kind === 'implicit');
}

describe('single events that come back', () => {
  test('every week are a series that is none in the file, with its rhythm and what comes next', async () => {
    const found = await implicitOf(
      onDays('Chor', ['2026-03-03', '2026-03-10', '2026-03-17', '2026-03-24', '2026-03-31'], '19:30'),
    );
    expect(found).toMatchObject([
      {
        key: 's1',
        title: 'Chor',
        cadence: { unit: 'week', every: 1, weekdays: [2] },
        time: '19:30',
        occurrences: 5,
        hits: 5,
        expected: 5,
        first: '2026-03-03',
        last: '2026-03-31',
        next: ['2026-04-07', '2026-04-14', '2026-04-21'],
      },
    ]);
  });

  test('keep their time on the wall over the change of clocks', async () => {
    // 29 March is the change: 09:00 is 08:00 UTC before it, 07:00 after it.
    const [found] = await implicitOf(
      onDays('Standup', ['2026-03-16', '2026-03-23', '2026-03-30', '2026-04-06'], '09:00'),
    );
    expect(found).toMatchObject({ time: '09:00', cadence: { weekdays: [1] }, hits: 4, expected: 4 });
  });

  test.each([
    ['every second week', ['2026-03-04', '2026-03-18', '2026-04-01', '2026-04-15'], { unit: 'week', every: 2 }, 4],
    [
      'on two weekdays',
      ['2026-03-03', '2026-03-05', '2026-03-10', '2026-03-12', '2026-03-17', '2026-03-19'],
      { unit: 'week', every: 1, weekdays: [2, 4] },
      6,
    ],
    [
      'on workdays',
      [
        '2026-03-02',
        '2026-03-03',
        '2026-03-04',
        '2026-03-05',
        '2026-03-06',
        '2026-03-09',
        '2026-03-10',
        '2026-03-11',
        '2026-03-12',
        '2026-03-13',
      ],
      { unit: 'day', weekdays: [1, 2, 3, 4, 5] },
      10,
    ],
    [
      'with one that was moved by a day',
      ['2026-03-03', '2026-03-10', '2026-03-18', '2026-03-24', '2026-03-31'],
      { unit: 'week', every: 1, weekdays: [2] },
      5,
    ],
    [
      'with one that was left out',
      ['2026-03-03', '2026-03-10', '2026-03-24', '2026-03-31'],
      { unit: 'week', every: 1, weekdays: [2] },
      4,
    ],
  ])('%s', async (...[, dates, cadence, hits]) => {
    expect(await implicitOf(onDays('Treffen', dates))).toMatchObject([{ cadence, hits }]);
  });

  test('on the fourth Saturday of the month are monthly', async () => {
    const events = onDays('repairCafé', ['2026-01-24', '2026-02-28', '2026-03-28', '2026-04-25'], '11:00');
    const wide = calendar(events, { from: '2025-12-31T23:00:00.000Z' });
    expect((await patternsOf(wide)).series).toMatchObject([
      {
        cadence: { unit: 'month', weekdays: [6], ordinal: 4 },
        hits: 4,
        next: ['2026-05-23', '2026-06-27', '2026-07-25'],
      },
    ]);
  });

  test('are found under titles that count them, and kept apart under other words', async () => {
    const dates = ['2026-03-03', '2026-03-10', '2026-03-17'];
    const numbered = dates.flatMap((date, index) => onDays(`Sprint review #${index + 14}`, [date]));
    const other = dates.flatMap((date) => onDays('Budget review', [date], '15:00'));
    expect((await implicitOf([...numbered, ...other])).map(({ title }) => title).toSorted()).toEqual([
      'Budget review',
      'Sprint review #14',
    ]);
  });

  test('of one title on two rhythms are two series', async () => {
    const weekly = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23', '2026-03-30', '2026-04-06', '2026-04-13'];
    const rare = ['2026-03-05', '2026-03-19', '2026-04-02', '2026-04-16'];
    const found = await implicitOf([...onDays('Review', weekly, '09:00'), ...onDays('Review', rare, '16:00')]);
    expect(found.map(({ cadence, time }) => [cadence.every, cadence.weekdays[0], time])).toEqual([
      [1, 1, '09:00'],
      [2, 4, '16:00'],
    ]);
  });

  test.each([
    ['at no regular distance', ['2026-03-03', '2026-03-05', '2026-03-22', '2026-04-20']],
    ['twice only', ['2026-03-03', '2026-03-10']],
    ['on three days of one event', ['2026-03-03', '2026-03-04', '2026-03-05']],
  ])('%s are none', async (_case, dates) => {
    expect(await implicitOf(onDays('Treffen', dates))).toEqual([]);
  });

  test('at any time of the day are none', async () => {
    const times = [8, 12, 16, 20, 10];
    const events = times.flatMap((hour, week) =>
      onDays('Anruf', [`2026-03-${String(3 + week * 7).padStart(2, '0')}`], `${String(hour).padStart(2, '0')}:00`),
    );
    expect(await implicitOf(events)).toEqual([]);
  });

  test('in any weekly, fortnightly or four-weekly row are found with that distance', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 2),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 7, max: 20 }),
        async (every, weekday, hour) => {
          const firstMs = Date.parse('2026-03-02T00:00:00Z') + weekday * 86_400_000;
          const dates = [0, 1, 2, 3].map((index) =>
            new Date(firstMs + index * every * 7 * 86_400_000).toISOString().slice(0, 10),
          );
          const [found] = await implicitOf(onDays('Kurs', dates, `${String(hour).padStart(2, '0')}:15`));
          expect(found).toMatchObject({
            cadence: { unit: 'week', every, weekdays: [weekday + 1] },
            hits: 4,
            expected: 4,
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what is to come of single events', () => {
  test.each([
    ['2026-04-02T08:00:00Z', ['2026-04-07', '2026-04-14', '2026-04-21']],
    // Missed once it is late, missed twice it is over.
    ['2026-04-10T08:00:00Z', ['2026-04-14', '2026-04-21', '2026-04-28']],
    ['2026-04-20T08:00:00Z', []],
  ])('is told at %s, and nothing once it has stopped', async (now, next) => {
    const events = onDays('Chor', ['2026-03-03', '2026-03-10', '2026-03-17', '2026-03-24', '2026-03-31'], '19:30');
    expect((await patternsOf(calendar(events), now)).series).toMatchObject([{ next }]);
  });
});

describe('series of the file', () => {
  const rule = 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU';
  const instances = (dates: readonly string[], given: string) =>
    onDays('OK Lab', dates, '19:00').map((each) => ({
      ...each,
      uid: 'lab',
      recurring: true,
      recurrenceId: each.start,
      rule: given,
    }));

  test('have the rhythm of their rule and their hours a month', async () => {
    const found = await seriesOf(instances(['2026-03-03', '2026-03-17', '2026-03-31', '2026-04-14'], rule));
    expect(found).toMatchObject([
      {
        kind: 'explicit',
        cadence: { unit: 'week', every: 2, weekdays: [2] },
        occurrences: 4,
        totalMinutes: 240,
        confidence: 1,
      },
    ]);
    expect(found[0]?.hoursPerMonth).toBeCloseTo(4 / (56 / 30.4375), 1);
  });

  test('keep their weekday when single instances were moved', async () => {
    const weekly = instances(['2026-03-03', '2026-03-11', '2026-03-17', '2026-03-24', '2026-03-31'], 'FREQ=WEEKLY');
    expect(await seriesOf(weekly)).toMatchObject([{ cadence: { unit: 'week', weekdays: [2] } }]);
    const twice = instances(['2026-03-03', '2026-03-05', '2026-03-10'], 'FREQ=WEEKLY;BYDAY=TU,TH');
    expect(await seriesOf(twice)).toMatchObject([{ cadence: { weekdays: [2, 4] } }]);
  });

  test('on two Tuesdays of the month are not on one of them', async () => {
    const dates = ['2026-03-03', '2026-03-17', '2026-04-07', '2026-04-21'];
    expect(await seriesOf(instances(dates, 'FREQ=MONTHLY;BYDAY=1TU,3TU'))).toMatchObject([
      { cadence: { unit: 'month', ordinal: null } },
    ]);
    expect(await seriesOf(instances(dates, 'FREQ=MONTHLY;BYDAY=1TU'))).toMatchObject([{ cadence: { ordinal: 1 } }]);
  });

  test('that count to one are single events', async () => {
    const singles = ['2026-03-03', '2026-03-10', '2026-03-17'].map((date, index) => ({
      ...event('Kurs', `${date}T18:00:00+01:00`),
      uid: `kurs-${index}`,
      recurring: true,
      recurrenceId: date,
      rule: 'RRULE:FREQ=DAILY;COUNT=1',
    }));
    expect(await seriesOf(singles)).toMatchObject([{ kind: 'implicit', occurrences: 3 }]);
  });
});

test("Steward's own blocks, all-day events and holidays are no series", async () => {
  const dates = ['2026-03-03', '2026-03-10', '2026-03-17', '2026-03-24'];
  const own = onDays('Write', dates).map((each) => ({ ...each, own: true }));
  const allDay = onDays('Feiertag', dates, '00:00').map((each) => ({ ...each, allDay: true, busy: false }));
  expect(await seriesOf([...own, ...allDay])).toEqual([]);
});
