import { describe, expect, it } from 'vitest';
import { withDraftTools } from '../../../activities/support/draft-tools.ts';
import { endOf, startOf, storedDate } from '../../../workflows/shared/stored-time.ts';

async function timesOf(stored: string | null, timeZone: string): Promise<readonly (string | null)[]> {
  const setting = { timeZone, workingHours: null, idScope: 'test' };
  return await withDraftTools(
    setting,
    async () => await Promise.resolve([]),
    (tools) =>
      [startOf(stored, tools), endOf(stored, tools)].map((ms) => (ms === null ? null : new Date(ms).toISOString())),
  );
}

describe('a stored time', () => {
  it('of a whole day is that day where the person is', async () => {
    const day = '2026-03-29T00:00:00.000Z';
    expect(await timesOf(day, 'Europe/Berlin')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T21:59:00.000Z']);
    expect(await timesOf(day, 'America/New_York')).toEqual(['2026-03-29T04:00:00.000Z', '2026-03-30T03:59:00.000Z']);
  });

  it('has the date of its day everywhere, and any other instant that of the place', () => {
    const days = (stored: string): unknown =>
      ['America/New_York', 'Europe/Berlin', 'Asia/Tokyo'].map((timeZone) => storedDate(stored, timeZone));
    expect(days('2026-12-01T00:00:00.000Z')).toEqual(['2026-12-01', '2026-12-01', '2026-12-01']);
    expect(days('2026-12-01T03:00:00.000Z')).toEqual(['2026-11-30', '2026-12-01', '2026-12-01']);
  });

  it('of any other instant is itself, and what is no time is none', async () => {
    const instant = '2026-03-29T10:30:00.000Z';
    expect(await timesOf(instant, 'Asia/Tokyo')).toEqual([instant, instant]);
    expect(await timesOf(null, 'Asia/Tokyo')).toEqual([null, null]);
    expect(await timesOf('soon', 'Asia/Tokyo')).toEqual([null, null]);
  });
});
