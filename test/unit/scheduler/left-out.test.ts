import { describe, expect, it } from 'vitest';
import { schedule } from '../../../src/calendar/scheduler/schedule.ts';
import { after, hour, monday, task, week } from './inputs.ts';

describe('a task that does not fit', () => {
  it('is left out for its deadline, with those who took the time and how late it would be', () => {
    const tasks = [
      task('taker', { durationMinutes: 120, priority: 'critical', deadlineMs: monday + 11 * hour }),
      task('loser', { durationMinutes: 120, priority: 'low', deadlineMs: monday + 12 * hour }),
    ];
    const result = schedule(week({ tasks }));
    expect(result.unscheduled).toEqual([
      {
        task: 'loser',
        constraint: 'deadline',
        explanation: "'LOSER' needs 2 h in one piece before its deadline, but 'TAKER' left only 1 h of working time.",
        blockedBy: ['taker'],
      },
    ]);
    expect(result.lateness).toEqual([{ task: 'loser', minutes: 180 }]);
  });

  it('names the predecessor that ends too late', () => {
    const tasks = [task('base', { durationMinutes: 180 }), task('goal', { deadlineMs: monday + 13.5 * hour })];
    expect(schedule(week({ tasks, dependencies: [after('goal', 'base')] })).unscheduled).toEqual([
      {
        task: 'goal',
        constraint: 'deadline',
        explanation:
          "'GOAL' needs 1 h in one piece, but after 'BASE' there is only 30 min of working time before its deadline; the rest is events and time off.",
        blockedBy: ['base'],
      },
    ]);
  });

  it('takes with it what needs it, directly or not', () => {
    const tasks = [task('gone', { deadlineMs: monday }), task('next'), task('last'), task('free')];
    const result = schedule(week({ tasks, dependencies: [after('next', 'gone'), after('last', 'next')] }));
    expect(result.unscheduled.map(({ task: key, constraint, blockedBy }) => [key, constraint, blockedBy])).toEqual([
      ['gone', 'deadline', []],
      ['next', 'dependency', ['gone']],
      ['last', 'dependency', ['next']],
    ]);
    expect(result.blocks.map((block) => block.task)).toEqual(['free']);
  });

  it('is named with its cycle, and what waits behind the cycle too', () => {
    const tasks = [task('a'), task('b'), task('self'), task('behind'), task('fine')];
    const dependencies = [
      after('a', 'b'),
      after('b', 'a'),
      after('self', 'self'),
      after('behind', 'a'),
      after('fine', 'a', 'soft'),
    ];
    const result = schedule(week({ tasks, dependencies }));
    expect(result.unscheduled.map(({ task: key, constraint, blockedBy }) => [key, constraint, blockedBy])).toEqual([
      ['a', 'cycle', ['b']],
      ['b', 'cycle', ['a']],
      ['self', 'cycle', []],
      ['behind', 'dependency', ['a']],
    ]);
    expect(result.unscheduled[0]?.explanation).toBe("'A' depends on itself through 'B'.");
    expect(result.blocks.map((block) => block.task)).toEqual(['fine']);
  });

  it('is too long for any stretch', () => {
    const [left] = schedule(week({ tasks: [task('big', { durationMinutes: 300 })] })).unscheduled;
    expect(left).toEqual({
      task: 'big',
      constraint: 'block_size',
      explanation:
        "'BIG' needs 5 h in one piece, but there is only 4 h of working time at a stretch before the end of the planned time.",
      blockedBy: [],
    });
  });

  it('is too long for a day under the daily limit', () => {
    const [left] = schedule(
      week({ tasks: [task('big', { durationMinutes: 180 })], dailyFocusMinutes: 120 }),
    ).unscheduled;
    expect(left).toMatchObject({
      constraint: 'block_size',
      explanation: expect.stringContaining('only 2 h of working time at a stretch'),
    });
  });

  it('is crowded out, or too much for the horizon even alone', () => {
    const crowd = ['a', 'b'].map((key) => task(key, { durationMinutes: 240, priority: 'high' }));
    const tasks = [
      ...crowd,
      task('c', { durationMinutes: 240, priority: 'low' }),
      task('vast', { durationMinutes: 6000, splittable: true }),
    ];
    const { unscheduled } = schedule(week({ tasks }, 2));
    expect(unscheduled.map(({ task: key, constraint, blockedBy }) => [key, constraint, blockedBy])).toEqual([
      ['c', 'capacity', ['a', 'b']],
      ['vast', 'horizon', []],
    ]);
  });

  it('starts after the horizon', () => {
    const [left] = schedule(week({ tasks: [task('later', { earliestStartMs: monday + 900 * hour })] })).unscheduled;
    expect(left).toMatchObject({ constraint: 'horizon' });
  });
});
