import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookAt } from '../../../workflows/optimization/analysis/look.ts';
import { figuresOf } from '../../../workflows/optimization/portfolio/figures.ts';
import { readWishes } from '../../../workflows/optimization/portfolio/wishes.ts';
import { fixtureNow, taskId, troubledFacts, withTools } from '../../support/troubled/facts.ts';
import { tasks } from '../../support/troubled/records.ts';
import type { FixtureTask } from '../../support/troubled/records.ts';

async function look(given: Parameters<typeof troubledFacts>[0] = {}) {
  return await withTools((tools) => {
    const seen = lookAt(troubledFacts(given), tools);
    return { seen, figures: figuresOf(seen), due: (date: string) => tools.instant({ date, time: '23:59' }) };
  });
}

/** Hours late, from nothing but the placed pieces and the records' own deadlines. */
async function latenessByHand(given: readonly FixtureTask[]): Promise<number> {
  const { seen, due } = await look({ tasks: given });
  const open = given.filter((task) => task.status !== 'cancelled');
  const late = open.map((task) => {
    if (task.due === undefined) return 0;
    const parts = open.filter((each) => each.parent === task.key);
    const ids = new Set((parts.length === 0 ? [task] : parts).map((each) => taskId(each.key)));
    const pieces = [
      ...seen.projection.blocks.filter((block) => ids.has(block.task)),
      ...seen.portfolio.blocks.filter((block) => ids.has(block.taskId)),
    ];
    const unplaced = [...ids].some((id) => seen.projection.unplaced.has(id));
    const endMs = unplaced ? Date.parse(fixtureNow) + 90 * 86_400_000 : Math.max(...pieces.map((piece) => piece.endMs));
    const date = new Date(Date.parse(fixtureNow) + task.due * 86_400_000).toISOString().slice(0, 10);
    return Math.max(0, endMs - due(date));
  });
  return late.reduce((sum, each) => sum + each, 0) / 3_600_000;
}

describe('figures', () => {
  test('of lateness are those that a count by hand gives', async () => {
    const { figures } = await look();
    expect(figures.latenessHours).toBeGreaterThan(100);
    expect(figures.latenessHours).toBeCloseTo(await latenessByHand(tasks), 0);
  });

  test('of lateness are right for any part of the records', async () => {
    const few = fc.subarray([...tasks], { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(few, async (given) => {
        const keys = new Set(given.map((task) => task.key));
        const whole = given.map(({ parent, ...task }) =>
          parent !== undefined && keys.has(parent) ? { ...task, parent } : task,
        );
        const { figures } = await look({ tasks: whole });
        expect(figures.latenessHours).toBeCloseTo(await latenessByHand(whole), 0);
      }),
      { numRuns: 25 },
    );
  });

  test('place no work outside free time, nor two pieces at once, nor a task before what it needs', async () => {
    const { seen } = await look();
    const pieces = seen.projection.blocks.toSorted((a, b) => a.startMs - b.startMs);
    for (const [index, piece] of pieces.entries()) {
      expect(seen.frame.free.some((window) => window.startMs <= piece.startMs && piece.endMs <= window.endMs)).toBe(
        true,
      );
      expect(piece.startMs).toBeGreaterThanOrEqual(pieces[index - 1]?.endMs ?? 0);
    }
    for (const { taskId: task, dependsOnId } of seen.portfolio.needs) {
      const starts = pieces.filter((piece) => piece.task === task).map((piece) => piece.startMs);
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(seen.projection.endMs.get(dependsOnId) ?? Infinity);
    }
  });

  test('count the work of a task with parts once, as that of its parts', async () => {
    const { seen } = await look();
    expect(seen.projection.blocks.some((block) => block.task === taskId('concert'))).toBe(false);
    const last = Math.max(...['rehearse', 'sound'].map((key) => seen.projection.endMs.get(taskId(key)) ?? Infinity));
    expect(seen.projection.endMs.get(taskId('concert'))).toBe(last);
  });
});

describe('wishes', () => {
  const read = (userPrompt: string) => readWishes(troubledFacts({ input: { userPrompt } }));

  test.each([
    ['Keep Friday free', [5]],
    ['Please leave Mondays and Fridays free.', [1, 5]],
    ['Halte den Freitag frei', [5]],
    ['Am Mittwoch keine Arbeit', [3]],
    ['Finish the thesis on Friday', []],
  ])('%s', (text, days) => {
    expect(read(text).freeWeekdays).toEqual(days);
  });

  test.each([
    ['Nothing for the thesis before June', 'thesis', '2027-06-01'],
    ['keep Friday free, nothing for the thesis before 15 May', 'thesis', '2027-05-15'],
    ['Nichts für den Kleingarten vor dem 1. April', 'Kleingarten', '2027-04-01'],
    ['Nothing for the choir tour before 2027-09-01.', 'choir tour', '2027-09-01'],
    ['Nothing for the flat before January', 'flat', '2028-01-01'],
  ])('%s', (text, subject, date) => {
    expect(read(text).notBefore).toEqual([expect.objectContaining({ subject, date })]);
  });

  test('keep their days free of work', async () => {
    const { seen } = await look({ input: { userPrompt: 'Keep Friday free.' } });
    const days = new Set(seen.projection.blocks.map((block) => new Date(block.startMs).getUTCDay()));
    expect(days.has(5)).toBe(false);
    expect(days.has(4)).toBe(true);
  });
});
