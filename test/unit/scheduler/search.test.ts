import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, isBetter } from '../../../src/calendar/scheduler/cost.ts';
import { findCriticalPath } from '../../../src/calendar/scheduler/critical-path.ts';
import { decode } from '../../../src/calendar/scheduler/decode.ts';
import { buildModel } from '../../../src/calendar/scheduler/model.ts';
import { searchSchedule } from '../../../src/calendar/scheduler/search.ts';
import { schedule } from '../../../src/calendar/scheduler/schedule.ts';
import { after, anyInput, hour, monday, task, week } from './inputs.ts';

function permutations(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) => permutations(list.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}

describe('the search', () => {
  it('leaves out no more than the best of all orders, for up to five tasks', () => {
    const small = anyInput.filter((input) => input.tasks.length <= 5);
    fc.assert(
      fc.property(small, (input) => {
        const model = buildModel(input);
        const found = searchSchedule(model, findCriticalPath(model)).cost;
        for (const rank of permutations(model.tasks.map((_, index) => index))) {
          for (const dropped of [true, false]) {
            const plan = { rank, whole: model.tasks.map(() => false), dropped: model.graph.soft.map(() => dropped) };
            const other = costOf(model, decode(model, plan));
            expect(isBetter([other[0], other[1], 0, 0], [found[0], found[1], 0, 0])).toBe(false);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('schedules a quarter of chained and dated tasks in full', () => {
    const tasks = Array.from({ length: 200 }, (_, index) =>
      task(`t${index}`, {
        durationMinutes: 30 + (index % 5) * 30,
        splittable: index % 3 === 0,
        priority: index % 7 === 0 ? 'high' : 'medium',
        deadlineMs: index % 4 === 0 ? monday + (index / 4 + 6) * 24 * hour : null,
      }),
    );
    const dependencies = tasks.flatMap((_, index) =>
      index % 10 < 3 ? [] : [after(`t${index}`, `t${index - 3}`, index % 2 === 0 ? 'hard' : 'soft')],
    );
    const result = schedule(week({ tasks, dependencies, dailyFocusMinutes: 360, bufferMinutes: 5 }, 90));
    expect(result.unscheduled).toEqual([]);
  });
});
