import { describe, expect, test } from 'vitest';
import { protectFocus } from '../../../workflows/calendar_analysis/arrange/protect-focus.ts';
import { resolveConflicts } from '../../../workflows/calendar_analysis/arrange/resolve-conflicts.ts';
import { calendar, event, patternsOf, tools } from './support.ts';

const now = '2026-03-01T23:00:00.000Z';
const nowMs = Date.parse(now);
const hour = 3_600_000;

function window(start: string, hours: number) {
  return { startMs: Date.parse(start), endMs: Date.parse(start) + hours * hour };
}

describe('overlaps to come', () => {
  async function resolve(
    events: Parameters<typeof calendar>[0],
    free: readonly ReturnType<typeof window>[],
    deadline?: string,
  ) {
    const { conflicts } = await patternsOf(calendar(events));
    const deadlines = new Map(deadline === undefined ? [] : [['task', Date.parse(deadline)]]);
    return resolveConflicts(conflicts, { nowMs, free, deadlines, tools: await tools() });
  }
  const meeting = event('Review', '2026-03-10T09:00:00Z');
  const own = event('Write', '2026-03-10T09:30:00Z', { own: true, movable: true, taskId: 'task' });
  const free = [
    window('2026-03-09T08:00:00Z', 2),
    window('2026-03-10T12:30:00Z', 3),
    window('2026-03-12T08:00:00Z', 3),
  ];

  test("are solved by moving Steward's own block to the nearest free time of its length", async () => {
    const { moves, cancels, unsolved } = await resolve([meeting, own], free);
    expect(moves).toMatchObject([
      { key: 'move-1', event: { title: 'Write' }, start: '2026-03-10T12:30:00.000Z', end: '2026-03-10T13:30:00.000Z' },
    ]);
    expect(moves[0]?.reason).toContain('"Review"');
    expect([cancels, unsolved]).toEqual([[], []]);
  });

  test("leave a block that can't end before its task's deadline where it is, and say so", async () => {
    const late = await resolve([meeting, own], [window('2026-03-12T08:00:00Z', 3)], '2026-03-11T12:00:00Z');
    expect(late).toMatchObject({ moves: [], unsolved: ['c1'] });
    const inTime = await resolve([meeting, own], free, '2026-03-09T12:00:00Z');
    expect(inTime.moves).toMatchObject([{ start: '2026-03-09T09:00:00.000Z' }]);
  });

  test('of two blocks that are the same are solved by cancelling one', async () => {
    const { moves, cancels } = await resolve([own, { ...own, uid: 'again' }], free);
    expect(moves).toEqual([]);
    expect(cancels).toMatchObject([{ key: 'cancel-1', event: { title: 'Write' } }]);
  });

  test('between meetings of others are the person’s to solve', async () => {
    const other = event('Dentist', '2026-03-10T09:15:00Z');
    expect(await resolve([meeting, other], free)).toMatchObject({ moves: [], cancels: [], unsolved: ['c1'] });
  });

  test('never put two blocks into one free hour', async () => {
    const second = event('Read', '2026-03-10T09:45:00Z', { own: true, movable: true });
    const { moves } = await resolve(
      [meeting, own, second],
      [window('2026-03-10T12:00:00Z', 1), window('2026-03-11T12:00:00Z', 1)],
    );
    const starts = moves.map(({ start }) => start);
    expect(starts).toHaveLength(2);
    expect(new Set(starts).size).toBe(2);
  });
});

describe('focus time', () => {
  async function protect(
    wanted: number,
    free: readonly ReturnType<typeof window>[],
    blocks: Parameters<typeof calendar>[0] = [],
  ) {
    const lent = await tools();
    const { weeks } = await patternsOf(calendar(blocks));
    const { days } = lent.workingTime({ fromMs: nowMs, toMs: Date.parse('2026-03-17T23:00:00Z') });
    return protectFocus(wanted, weeks, { free, days, tools: lent });
  }
  const short = [
    window('2026-03-02T08:00:00Z', 2),
    window('2026-03-03T08:00:00Z', 1),
    window('2026-03-09T08:00:00Z', 10),
  ];

  test('is kept in the longest free stretches of whole weeks that have too little, and no more than is wanted', async () => {
    const { focus, shortWeeks } = await protect(150, short);
    expect(focus.map(({ key, week, start, end }) => [key, week, start, end])).toEqual([
      ['focus-1', '2026-03-02', '2026-03-02T08:00:00.000Z', '2026-03-02T10:00:00.000Z'],
      ['focus-2', '2026-03-02', '2026-03-03T08:00:00.000Z', '2026-03-03T08:30:00.000Z'],
    ]);
    expect(shortWeeks).toEqual([{ week: '2026-03-02', focus: 120, wanted: 150, missing: 0 }]);
  });

  test('says what finds no place', async () => {
    const { shortWeeks } = await protect(300, short);
    expect(shortWeeks).toEqual([{ week: '2026-03-02', focus: 120, wanted: 300, missing: 120 }]);
  });

  test('counts blocks that are there already: asked again, nothing is added', async () => {
    const blocks = [
      event('Focus time', '2026-03-02T08:00:00Z', { minutes: 120, own: true }),
      event('Focus time', '2026-03-03T08:00:00Z', { minutes: 30, own: true }),
    ];
    expect((await protect(150, [], blocks)).focus.filter(({ week }) => week === '2026-03-02')).toEqual([]);
  });
});
