import { describe, expect, it } from 'vitest';
import { expand, fixture, vevents } from './ics.ts';

const april = { from: '2026-03-01T00:00Z', to: '2026-05-01T00:00Z' };

describe('a series', () => {
  it('keeps its local time over a change of clocks, and its exceptions', () => {
    const { shown, instances } = expand(fixture('exceptions'), april);
    expect(shown).toEqual([
      '2026-03-18T08:30:00Z → 2026-03-18T09:00:00Z Weekly, with everybody',
      '2026-03-25T08:30:00Z → 2026-03-25T09:00:00Z Weekly, with everybody',
      '2026-04-10T12:00:00Z → 2026-04-10T13:00:00Z Weekly, moved to Friday',
      '2026-04-15T07:30:00Z → 2026-04-15T08:00:00Z Weekly',
      '2026-04-22T07:30:00Z → 2026-04-22T08:00:00Z Weekly, with everybody',
    ]);
    expect(instances.map((instance) => [instance.recurrenceId, instance.status])).toEqual([
      ['2026-03-18T08:30:00Z', 'confirmed'],
      ['2026-03-25T08:30:00Z', 'confirmed'],
      ['2026-04-08T07:30:00Z', 'confirmed'],
      ['2026-04-15T07:30:00Z', 'cancelled'],
      ['2026-04-22T07:30:00Z', 'confirmed'],
    ]);
  });

  it('shows an instance that was moved into the window, and none that was moved out of it', () => {
    expect(expand(fixture('exceptions'), { from: '2026-04-10T00:00Z', to: '2026-04-11T00:00Z' }).shown).toHaveLength(1);
    expect(expand(fixture('exceptions'), { from: '2026-04-08T00:00Z', to: '2026-04-09T00:00Z' }).shown).toEqual([]);
  });

  it('keeps its local time in New York when the clocks go back', () => {
    const text = vevents([
      'UID:ny',
      'DTSTART;TZID=America/New_York:20261030T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=4',
      'SUMMARY:NY',
    ]);
    expect(expand(text, { from: '2026-10-01T00:00Z', to: '2026-12-01T00:00Z' }).shown).toEqual([
      '2026-10-30T13:00:00Z → 2026-10-30T14:00:00Z NY',
      '2026-10-31T13:00:00Z → 2026-10-31T14:00:00Z NY',
      '2026-11-01T14:00:00Z → 2026-11-01T15:00:00Z NY',
      '2026-11-02T14:00:00Z → 2026-11-02T15:00:00Z NY',
    ]);
  });

  it('moves every later instance with an exception that says so', () => {
    const text = vevents(
      [
        'UID:s',
        'DTSTART;TZID=Europe/Berlin:20260324T090000',
        'DURATION:PT1H',
        'RRULE:FREQ=WEEKLY;COUNT=4',
        'SUMMARY:Old',
      ],
      [
        'UID:s',
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260331T090000',
        'DTSTART;TZID=Europe/Berlin:20260331T110000',
        'DURATION:PT2H',
        'SUMMARY:New',
      ],
    );
    expect(expand(text, april).shown).toEqual([
      '2026-03-24T08:00:00Z → 2026-03-24T09:00:00Z Old',
      '2026-03-31T09:00:00Z → 2026-03-31T11:00:00Z New',
      '2026-04-07T09:00:00Z → 2026-04-07T11:00:00Z New',
      '2026-04-14T09:00:00Z → 2026-04-14T11:00:00Z New',
    ]);
  });

  it('adds single dates and periods', () => {
    const text = vevents([
      'UID:r',
      'DTSTART:20260401T080000Z',
      'DTEND:20260401T090000Z',
      'RDATE:20260403T080000Z,20260405T100000Z',
      'RDATE;VALUE=PERIOD:20260407T080000Z/PT3H',
      'EXDATE:20260405T100000Z',
      'SUMMARY:Dates',
    ]);
    expect(expand(text, april).shown).toEqual([
      '2026-04-01T08:00:00Z → 2026-04-01T09:00:00Z Dates',
      '2026-04-03T08:00:00Z → 2026-04-03T09:00:00Z Dates',
      '2026-04-07T08:00:00Z → 2026-04-07T11:00:00Z Dates',
    ]);
  });

  it('leaves out the whole day that an exception date names', () => {
    const text = vevents([
      'UID:d',
      'DTSTART;TZID=Europe/Berlin:20260401T003000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=3',
      'EXDATE;VALUE=DATE:20260402',
      'SUMMARY:D',
    ]);
    expect(expand(text, april).instances.map((instance) => instance.start)).toEqual([
      '2026-03-31T22:30:00Z',
      '2026-04-02T22:30:00Z',
    ]);
  });

  it('ends at a local UNTIL as at one in UTC', () => {
    const until = (value: string) =>
      vevents([
        'UID:u',
        'DTSTART;TZID=America/New_York:20260401T210000',
        `RRULE:FREQ=DAILY;UNTIL=${value}`,
        'SUMMARY:U',
      ]);
    expect(expand(until('20260403T210000'), april).shown).toHaveLength(3);
    expect(expand(until('20260404T010000Z'), april).shown).toHaveLength(3);
  });

  it('is shown once, with the reason, when its rule means nothing', () => {
    const { shown, problems } = expand(
      vevents(['UID:n', 'DTSTART:20260401T080000Z', 'RRULE:FREQ=SOMETIMES', 'SUMMARY:N']),
      april,
    );
    expect(shown).toEqual(['2026-04-01T08:00:00Z → 2026-04-01T08:00:00Z N']);
    expect(problems).toMatchObject([{ path: 'n', message: expect.stringContaining('SOMETIMES') }]);
  });

  const everySecond = [...Array(60).keys()].join(',');
  it.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY',
    'FREQ=SECONDLY;COUNT=999999999',
    `FREQ=DAILY;BYHOUR=${[...Array(24).keys()].join(',')};BYMINUTE=${everySecond};BYSECOND=${everySecond}`,
  ])('ends after some thousand instances, and says so: %.30s', (rule) => {
    const hostile = ['UID:h', 'DTSTART:20200101T000000Z', 'DURATION:PT1S', `RRULE:${rule}`, 'SUMMARY:H'];
    const tame = ['UID:t', 'DTSTART:20260401T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2', 'SUMMARY:T'];
    const { instances, problems } = expand(vevents(hostile, tame), {
      from: '2026-01-01T00:00Z',
      to: '2026-12-31T00:00Z',
    });
    expect(instances.length).toBeLessThanOrEqual(5_002);
    expect(instances.filter((instance) => instance.uid === 't')).toHaveLength(2);
    expect(problems).toMatchObject([{ path: 'h', message: expect.stringContaining('repeats too often') }]);
  });

  it('makes a query stop at 20,000 instances', () => {
    const minutely = (uid: string) => [`UID:${uid}`, 'DTSTART:20260101T000000Z', 'RRULE:FREQ=MINUTELY', 'SUMMARY:M'];
    const { instances, problems } = expand(vevents(...['a', 'b', 'c', 'd', 'e', 'f'].map(minutely)), {
      from: '2026-01-01T00:00Z',
      to: '2026-01-04T00:00Z',
    });
    expect(instances).toHaveLength(20_000);
    expect(problems.at(-1)?.message).toContain('ask for a shorter time');
  });
});

describe('whole days', () => {
  it('are dates, with an end that is not part of them', () => {
    const { shown, instances } = expand(fixture('days'), { from: '2026-01-01T00:00Z', to: '2026-12-31T00:00Z' });
    expect(shown).toEqual([
      '2026-01-30 → 2026-01-31 Payday',
      '2026-03-28 → 2026-03-31 Trip',
      '2026-03-30 → 2026-03-31 Payday',
      '2026-04-03 → 2026-04-04 Good Friday',
      '2026-04-29 → 2026-04-30 Payday',
    ]);
    expect(instances.every((instance) => instance.allDay)).toBe(true);
  });

  it('last from midnight to midnight where the person is, over a change of clocks', () => {
    const trip = (zone: string) =>
      expand(fixture('days'), { from: '2026-03-28T12:00Z', to: '2026-03-28T13:00Z', zone }).instances[0];
    expect([trip('Europe/Berlin')?.startMs, trip('Europe/Berlin')?.endMs]).toEqual([
      Date.parse('2026-03-27T23:00Z'),
      Date.parse('2026-03-30T22:00Z'),
    ]);
    expect([trip('America/New_York')?.startMs, trip('America/New_York')?.endMs]).toEqual([
      Date.parse('2026-03-28T04:00Z'),
      Date.parse('2026-03-31T04:00Z'),
    ]);
  });

  it('skip the years without such a day', () => {
    expect(expand(fixture('days'), { from: '2027-01-01T00:00Z', to: '2029-01-01T00:00Z' }).shown).toEqual([
      '2028-02-29 → 2028-03-01 Leap day',
    ]);
  });
});

describe('a window', () => {
  it('holds what touches it, and not what ends where it begins', () => {
    const text = vevents(
      ['UID:1', 'DTSTART:20260401T080000Z', 'DTEND:20260401T100000Z', 'SUMMARY:1'],
      ['UID:2', 'DTSTART:20260401T090000Z', 'SUMMARY:2'],
      ['UID:3', 'DTSTART:20260401T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY', 'SUMMARY:3'],
    );
    const titles = (from: string, to: string) => expand(text, { from, to }).instances.map((instance) => instance.title);
    expect(titles('2026-04-01T09:00Z', '2026-04-01T09:30Z')).toEqual(['1', '2', '3']);
    expect(titles('2026-04-01T10:00Z', '2026-04-02T09:00Z')).toEqual([]);
    expect(titles('2026-04-03T09:59Z', '2026-04-03T10:00Z')).toEqual(['3']);
  });
});
