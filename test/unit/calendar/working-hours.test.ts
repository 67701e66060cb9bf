import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeWindows } from '../../../src/calendar/working-hours.ts';
import type { FreeQuery } from '../../../src/calendar/working-hours.ts';
import { defaultWorkingHours, workingHoursSchema } from '../../../src/schemas/working-hours.ts';

const hour = 3_600_000;

function at(text: string): number {
  return Date.parse(text);
}

function query(fields: Partial<FreeQuery> & Pick<FreeQuery, 'fromMs' | 'toMs' | 'timeZone'>): FreeQuery {
  return { workingHours: defaultWorkingHours, busy: [], ...fields };
}

function shown(windows: readonly { startMs: number; endMs: number }[]): string[] {
  return windows.map(
    ({ startMs, endMs }) =>
      `${new Date(startMs).toISOString().slice(5, 16)}/${new Date(endMs).toISOString().slice(5, 16)}`,
  );
}

describe('free time', () => {
  it('keeps local hours when the clocks in Berlin go forward', () => {
    const { free } = freeWindows(
      query({ fromMs: at('2026-03-27T00:00Z'), toMs: at('2026-03-30T22:00Z'), timeZone: 'Europe/Berlin' }),
    );
    expect(shown(free)).toEqual([
      '03-27T08:00/03-27T11:30',
      '03-27T12:30/03-27T16:00',
      '03-30T07:00/03-30T10:30',
      '03-30T11:30/03-30T15:00',
    ]);
  });

  it('keeps local hours when the clocks in New York go back', () => {
    const { free } = freeWindows(
      query({ fromMs: at('2026-10-30T04:00Z'), toMs: at('2026-11-03T05:00Z'), timeZone: 'America/New_York' }),
    );
    expect(shown(free)).toEqual([
      '10-30T13:00/10-30T16:30',
      '10-30T17:30/10-30T21:00',
      '11-02T14:00/11-02T17:30',
      '11-02T18:30/11-02T22:00',
    ]);
  });

  it('gives the days around a change of clocks 23 and 25 hours', () => {
    const spring = freeWindows(
      query({ fromMs: at('2026-03-29T10:00Z'), toMs: at('2026-03-29T11:00Z'), timeZone: 'Europe/Berlin' }),
    ).days;
    const autumn = freeWindows(
      query({ fromMs: at('2026-11-01T12:00Z'), toMs: at('2026-11-01T13:00Z'), timeZone: 'America/New_York' }),
    ).days;
    expect(spring.map((day) => [day.dayKey, (day.endMs - day.startMs) / hour])).toEqual([['2026-03-29', 23]]);
    expect(autumn.map((day) => [day.dayKey, (day.endMs - day.startMs) / hour])).toEqual([['2026-11-01', 25]]);
  });

  it('starts work that begins within the skipped hour after it', () => {
    const workingHours = { sunday: [{ from: '02:30', to: '05:00' }] };
    const { free } = freeWindows(
      query({
        fromMs: at('2026-03-28T12:00Z'),
        toMs: at('2026-03-29T12:00Z'),
        timeZone: 'Europe/Berlin',
        workingHours,
      }),
    );
    expect(shown(free)).toEqual(['03-29T01:30/03-29T03:00']);
  });

  it('works through both of the repeated hours', () => {
    const workingHours = { sunday: [{ from: '00:00', to: '24:00' }] };
    const { free } = freeWindows(
      query({
        fromMs: at('2026-10-24T12:00Z'),
        toMs: at('2026-10-26T12:00Z'),
        timeZone: 'Europe/Berlin',
        workingHours,
      }),
    );
    expect(free.map((window) => (window.endMs - window.startMs) / hour)).toEqual([25]);
  });

  it('takes out what is busy, with a pause around it, and starts at a round time', () => {
    const busy = [
      { startMs: at('2026-01-05T10:20Z'), endMs: at('2026-01-05T10:47Z') },
      { startMs: at('2026-01-05T10:00Z'), endMs: at('2026-01-05T10:30Z') },
    ];
    const day = query({ fromMs: at('2026-01-05T09:03Z'), toMs: at('2026-01-05T12:30Z'), timeZone: 'UTC', busy });
    expect(shown(freeWindows(day).free)).toEqual(['01-05T09:03/01-05T10:00', '01-05T10:47/01-05T12:30']);
    expect(shown(freeWindows({ ...day, pauseMinutes: 10, alignMinutes: 15 }).free)).toEqual([
      '01-05T09:15/01-05T09:50',
      '01-05T11:00/01-05T12:30',
    ]);
  });

  it('is disjoint, ascending, within the window and apart from all that is busy', () => {
    const window = fc
      .tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 300 }))
      .map(([from, length]) => ({
        startMs: at('2026-03-20T00:00Z') + from * 600_000,
        endMs: at('2026-03-20T00:00Z') + (from + length) * 600_000,
      }));
    fc.assert(
      fc.property(
        window,
        fc.array(window, { maxLength: 12 }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
        (range, busy, timeZone) => {
          const { free, days } = freeWindows(query({ fromMs: range.startMs, toMs: range.endMs, timeZone, busy }));
          let before = range.startMs;
          for (const part of free) {
            expect(part.startMs).toBeGreaterThanOrEqual(before);
            expect(part.endMs).toBeGreaterThan(part.startMs);
            expect(part.endMs).toBeLessThanOrEqual(range.endMs);
            const overlaps = busy.some(
              (taken) => taken.startMs < taken.endMs && taken.startMs < part.endMs && part.startMs < taken.endMs,
            );
            expect(overlaps).toBe(false);
            expect(days.some((day) => day.startMs <= part.startMs && part.endMs <= day.endMs)).toBe(true);
            before = part.endMs;
          }
        },
      ),
    );
  });
});

describe('working hours', () => {
  it.each([
    [{ monday: [{ from: '09:00', to: '09:00' }] }, 'must end after it starts'],
    [{ monday: [{ from: '9:00', to: '12:00' }] }, 'use 24-hour time'],
    [{ monday: [{ from: '22:00', to: '06:00' }] }, 'work past midnight is two spans'],
    [
      {
        monday: [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '13:00' },
        ],
      },
      'must not overlap',
    ],
    [{ funday: [] }, 'Unrecognized key'],
  ])('refuses %j', (value, message) => {
    expect(workingHoursSchema.safeParse(value).error?.message).toContain(message);
  });

  it('takes the default, an empty day and a day until midnight', () => {
    expect(workingHoursSchema.parse(defaultWorkingHours)).toEqual(defaultWorkingHours);
    expect(workingHoursSchema.safeParse({ monday: [], sunday: [{ from: '20:00', to: '24:00' }] }).success).toBe(true);
  });
});
