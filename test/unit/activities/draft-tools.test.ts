import { describe, expect, it } from 'vitest';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import type { Window } from '../../../activities/support/draft-tools.ts';

const setting = {
  timeZone: 'Europe/Berlin',
  workingHours: { monday: [{ from: '09:00', to: '12:00' }] },
  idScope: 'run-1/proposal:plan#1/e0',
};
const monday = Date.parse('2026-03-30T00:00:00+02:00');
const hour = 3_600_000;

describe('what an activity lends to drafting code', () => {
  it('reads each window that the draft asks for once, and takes its events out of the working hours', async () => {
    const asked: Window[] = [];
    const busy = [{ startMs: monday + 10 * hour, endMs: monday + 11 * hour }];
    const free = await withDraftTools(
      setting,
      async (window) => {
        asked.push(window);
        return await Promise.resolve(busy);
      },
      (tools) =>
        [tools.free({ fromMs: monday, days: 1 }), tools.free({ fromMs: monday, days: 1 })].map((time) => time.free),
    );
    expect(asked).toEqual([{ fromMs: monday, toMs: monday + 24 * hour }]);
    const windows = [
      { startMs: monday + 9 * hour, endMs: monday + 10 * hour },
      { startMs: monday + 11 * hour, endMs: monday + 12 * hour },
    ];
    expect(free).toEqual([windows, windows]);
  });

  it('falls back to office hours for a person who never said when they work', async () => {
    const { free } = await withDraftTools(
      { ...setting, workingHours: null },
      () => Promise.resolve([]),
      (tools) => tools.free({ fromMs: monday, days: 1 }),
    );
    expect(free.map((window) => (window.startMs - monday) / hour)).toEqual([9, 13.5]);
  });

  it('turns local times into instants through daylight saving, and back into words', async () => {
    const [before, after, text] = await withDraftTools(
      setting,
      () => Promise.resolve([]),
      (tools) => [
        new Date(tools.instant({ date: '2026-03-28', time: '09:00' })).toISOString(),
        new Date(tools.instant({ date: '2026-03-30', time: '09:00' })).toISOString(),
        tools.formatInstant(monday + 14 * hour),
      ],
    );
    expect([before, after]).toEqual(['2026-03-28T08:00:00.000Z', '2026-03-30T07:00:00.000Z']);
    expect(text).toBe('Mon 30 Mar 14:00');
  });

  it('shows the clock on the wall, the weekday and the day on both sides of a change of clocks', async () => {
    const [winter, summer, day] = await withDraftTools(
      setting,
      () => Promise.resolve([]),
      (tools) => [
        tools.local(Date.parse('2026-03-28T08:15:00Z')),
        tools.local(Date.parse('2026-03-29T22:30:00Z')),
        tools.localDay(tools.local(monday).day),
      ],
    );
    expect(winter).toMatchObject({ date: '2026-03-28', weekday: 6, minutes: 9 * 60 + 15 });
    expect(summer).toMatchObject({ date: '2026-03-30', weekday: 1, minutes: 30 });
    expect([winter, summer].map((time) => 'day' in time && time.day)).toEqual([20_540, 20_542]);
    expect(day).toEqual({ date: '2026-03-30', weekday: 1 });
  });

  it('gives working hours whatever the calendar says, and every day of the window', async () => {
    const time = await withDraftTools(
      setting,
      () => Promise.reject(new Error('no calendar is read')),
      (tools) => tools.workingTime({ fromMs: monday - 24 * hour, toMs: monday + 24 * hour }),
    );
    expect(time.working).toEqual([{ startMs: monday + 9 * hour, endMs: monday + 12 * hour }]);
    expect(time.days.map((each) => [each.dayKey, (each.endMs - each.startMs) / hour])).toEqual([
      ['2026-03-28', 24],
      ['2026-03-29', 23],
      ['2026-03-30', 24],
    ]);
  });

  it('gives the same ids on every retry, and others to another proposal', async () => {
    const idOf = async (idScope: string): Promise<string> =>
      await withDraftTools(
        { ...setting, idScope },
        () => Promise.resolve([]),
        (tools) => tools.newId('task/a'),
      );
    expect(await idOf('x')).toBe(await idOf('x'));
    expect(await idOf('x')).not.toBe(await idOf('y'));
  });

  it('passes on what the draft itself throws', async () => {
    const broken = withDraftTools(
      setting,
      () => Promise.resolve([]),
      () => {
        throw new RangeError('broken');
      },
    );
    await expect(broken).rejects.toThrow('broken');
  });
});
