import { describe, expect, it } from 'vitest';
import { schedule } from '../../../src/calendar/scheduler/schedule.ts';
import { StewardError } from '../../../src/contract/errors.ts';
import type { ScheduleInput, ScheduleResult } from '../../../src/contract/scheduling/schedule.ts';
import { after, hour, minute, monday, task, week } from './inputs.ts';

function startOf(result: ScheduleResult, key: string): number | undefined {
  return result.blocks.find((block) => block.task === key)?.startMs;
}

function orderOf(result: ScheduleResult): string[] {
  return [...new Set(result.blocks.map((block) => block.task))];
}

function problemsOf(input: ScheduleInput): unknown {
  try {
    schedule(input);
  } catch (error) {
    return error instanceof StewardError ? error.details.problems?.map((problem) => problem.path) : error;
  }
  return 'accepted';
}

describe('the scheduler', () => {
  it('places the pressing first: deadline, then priority', () => {
    const tasks = [
      task('idle', { priority: 'low' }),
      task('due', { deadlineMs: monday + 10 * hour, priority: 'low' }),
      task('top', { priority: 'critical' }),
    ];
    expect(orderOf(schedule(week({ tasks })))).toEqual(['due', 'top', 'idle']);
  });

  it('lets what a critical task waits for inherit its priority', () => {
    const tasks = [
      task('mid', { priority: 'high' }),
      task('base', { priority: 'low' }),
      task('goal', { priority: 'critical' }),
    ];
    expect(orderOf(schedule(week({ tasks, dependencies: [after('goal', 'base')] })))).toEqual(['base', 'goal', 'mid']);
  });

  it('finds the longest chain and the slack beside it', () => {
    const tasks = [task('a', { durationMinutes: 120 }), task('b', { durationMinutes: 180 }), task('c'), task('d')];
    const result = schedule(
      week({ tasks, dependencies: [after('b', 'a'), after('c', 'a'), after('d', 'b'), after('d', 'c')] }),
    );
    expect(result.criticalPath).toEqual(['a', 'b', 'd']);
    expect(result.slackMinutes).toEqual([
      { task: 'a', minutes: 0 },
      { task: 'b', minutes: 0 },
      { task: 'c', minutes: 120 },
      { task: 'd', minutes: 0 },
    ]);
    expect(result.blocks.find((block) => block.task === 'd')?.reason).toContain('on the critical path');
  });

  it('splits a long task over free stretches and numbers the parts', () => {
    const result = schedule(
      week({ tasks: [task('long', { durationMinutes: 600, splittable: true, minBlockMinutes: 60 })] }),
    );
    expect(result.blocks.map((block) => [block.part, block.parts, (block.endMs - block.startMs) / hour])).toEqual([
      [1, 3, 3],
      [2, 3, 4],
      [3, 3, 3],
    ]);
  });

  it('shortens a part rather than leave a rest that is too small', () => {
    const result = schedule(
      week({ tasks: [task('long', { durationMinutes: 190, splittable: true, minBlockMinutes: 60 })] }),
    );
    expect(result.blocks.map((block) => (block.endMs - block.startMs) / minute)).toEqual([130, 60]);
  });

  it('moves work to the next day when the daily limit is reached', () => {
    const tasks = ['a', 'b', 'c'].map((key) => task(key, { durationMinutes: 120 }));
    const result = schedule(week({ tasks, dailyFocusMinutes: 240 }));
    expect(result.load).toEqual([
      { dayKey: '2026-01-05', minutes: 240 },
      { dayKey: '2026-01-06', minutes: 120 },
    ]);
  });

  it('follows a soft wish, and gives it up where a deadline would break', () => {
    const wish = [after('b', 'a', 'soft')];
    const relaxed = schedule(
      week({ tasks: [task('b', { priority: 'critical' }), task('a', { priority: 'low' })], dependencies: wish }),
    );
    expect(orderOf(relaxed)).toEqual(['a', 'b']);
    const tight = [task('b', { deadlineMs: monday + 10 * hour }), task('a', { durationMinutes: 180 })];
    const result = schedule(week({ tasks: tight, dependencies: wish }));
    expect(orderOf(result)).toEqual(['b', 'a']);
    expect(result.unscheduled).toEqual([]);
    expect(result.blocks[0]?.reason).toContain("before 'A', which it would rather follow");
  });

  it('gives up a wish for the deadline of a task further on', () => {
    const tasks = [task('a', { durationMinutes: 180 }), task('b'), task('c', { deadlineMs: monday + 11 * hour })];
    const result = schedule(week({ tasks, dependencies: [after('b', 'a', 'soft'), after('c', 'b')] }));
    expect(result.unscheduled).toEqual([]);
    expect(orderOf(result)).toEqual(['b', 'c', 'a']);
  });

  it('ignores a wish that contradicts a hard dependency', () => {
    const result = schedule(
      week({ tasks: [task('a'), task('b')], dependencies: [after('b', 'a'), after('a', 'b', 'soft')] }),
    );
    expect(orderOf(result)).toEqual(['a', 'b']);
  });

  it('says what each block waited for', () => {
    const tasks = [task('first', { deadlineMs: monday + 12 * hour }), task('second', { durationMinutes: 90 })];
    const result = schedule(week({ tasks, dependencies: [after('second', 'first')] }));
    expect(result.blocks.map((block) => block.reason)).toEqual([
      'First free 1 h; ends with 2 h of working time left before its deadline; on the critical path.',
      "First free 1 h 30 min after 'FIRST'; on the critical path.",
    ]);
  });

  it('keeps a pause across the edges of windows that touch', () => {
    const free = [
      { startMs: monday, endMs: monday + hour },
      { startMs: monday + hour, endMs: monday + 3 * hour },
    ];
    const result = schedule(week({ tasks: [task('a'), task('b')], free, bufferMinutes: 15 }));
    expect([startOf(result, 'a'), startOf(result, 'b')]).toEqual([monday, monday + 75 * minute]);
  });
});

describe('an input without meaning', () => {
  it('is refused with every problem named', () => {
    const input = week({
      tasks: [
        task('a', { durationMinutes: 0 }),
        task('a', { splittable: true, minBlockMinutes: -1, deadlineMs: Number.NaN }),
      ],
      dependencies: [after('a', 'ghost')],
      bufferMinutes: -5,
    });
    expect(problemsOf(input)).toEqual([
      'tasks.0.durationMinutes',
      'tasks.1.key',
      'tasks.1.minBlockMinutes',
      'tasks.1.deadlineMs',
      'dependencies.0.dependsOn',
      'bufferMinutes',
    ]);
  });

  it('is refused when windows overlap, or a daily limit has no days to count', () => {
    const overlapping = [
      { startMs: 0, endMs: 10 },
      { startMs: 5, endMs: 20 },
    ];
    expect(problemsOf(week({ free: overlapping }))).toEqual(['free.1']);
    expect(problemsOf(week({ days: [], dailyFocusMinutes: 60 }))).toEqual(['days']);
  });

  it('has nothing to do without tasks', () => {
    expect(schedule(week())).toEqual({
      blocks: [],
      unscheduled: [],
      criticalPath: [],
      finishMs: null,
      lateness: [],
      slackMinutes: [],
      load: [],
    });
  });
});
