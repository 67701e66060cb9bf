import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule } from '../../../src/calendar/scheduler/schedule.ts';
import type {
  ScheduledBlock,
  ScheduleInput,
  ScheduleResult,
  ScheduleTask,
} from '../../../src/contract/scheduling/schedule.ts';
import { anyInput, minute } from './inputs.ts';

const runs = { numRuns: 150 };

function forAny(check: (input: ScheduleInput, result: ScheduleResult) => void): void {
  fc.assert(
    fc.property(anyInput, (input) => {
      check(input, schedule(input));
    }),
    runs,
  );
}

function blocksOf(result: ScheduleResult, key: string): ScheduledBlock[] {
  return result.blocks.filter((block) => block.task === key);
}

function minutesOf(blocks: readonly ScheduledBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.endMs - block.startMs, 0) / minute;
}

function expectWhole(task: ScheduleTask, blocks: readonly ScheduledBlock[]): void {
  expect(minutesOf(blocks)).toBe(task.durationMinutes);
  expect(blocks.map((block) => block.part)).toEqual(blocks.map((_, index) => index + 1));
  expect(new Set(blocks.map((block) => block.parts))).toEqual(new Set([blocks.length]));
}

describe('any schedule', () => {
  it('keeps the pause between any two blocks, and so never overlaps', () => {
    forAny((input, { blocks }) => {
      for (const [index, block] of blocks.entries()) {
        const next = blocks[index + 1];
        if (next !== undefined) expect(next.startMs - block.endMs).toBeGreaterThanOrEqual(input.bufferMinutes * minute);
      }
    });
  });

  it('stays within free time and the horizon', () => {
    forAny((input, { blocks }) => {
      for (const block of blocks) {
        expect(block.endMs).toBeLessThanOrEqual(input.horizonEndMs);
        expect(input.free.some((window) => window.startMs <= block.startMs && block.endMs <= window.endMs)).toBe(true);
      }
    });
  });

  it('keeps earliest starts, deadlines and hard dependencies', () => {
    forAny((input, result) => {
      for (const task of input.tasks) {
        for (const block of blocksOf(result, task.key)) {
          expect(block.startMs).toBeGreaterThanOrEqual(task.earliestStartMs ?? block.startMs);
          expect(block.endMs).toBeLessThanOrEqual(task.deadlineMs ?? block.endMs);
        }
      }
      for (const { task, dependsOn } of input.dependencies.filter((dependency) => dependency.kind === 'hard')) {
        const [first] = blocksOf(result, task);
        const last = blocksOf(result, dependsOn).at(-1);
        if (first !== undefined) expect(first.startMs).toBeGreaterThanOrEqual(last?.endMs ?? Number.POSITIVE_INFINITY);
      }
    });
  });

  it('holds all of a task in parts of at least its smallest block, or explains it exactly once', () => {
    forAny((input, result) => {
      for (const task of input.tasks) {
        const blocks = blocksOf(result, task.key);
        const explained = result.unscheduled.filter((left) => left.task === task.key);
        expect(explained).toHaveLength(blocks.length === 0 ? 1 : 0);
        if (blocks.length === 0) continue;
        expectWhole(task, blocks);
        if (!task.splittable) expect(blocks).toHaveLength(1);
        if (blocks.length > 1)
          expect(Math.min(...blocks.map((block) => minutesOf([block])))).toBeGreaterThanOrEqual(task.minBlockMinutes);
      }
    });
  });

  it('keeps the daily limit, and says the load of each day', () => {
    forAny((input, result) => {
      expect(result.load.reduce((sum, entry) => sum + entry.minutes, 0)).toBeCloseTo(minutesOf(result.blocks));
      for (const entry of result.load) expect(entry.minutes).toBeLessThanOrEqual(input.dailyFocusMinutes ?? 24 * 60);
    });
  });

  it('gives a reason to each block, and names who stands in the way of each task that is left out', () => {
    forAny((input, result) => {
      const keys = new Set(input.tasks.map((task) => task.key));
      for (const block of result.blocks) expect(block.reason).toMatch(/^[A-Z].*\.$/u);
      for (const left of result.unscheduled) {
        const title = left.task.toUpperCase();
        expect(left.explanation).toContain(`'${title}'`);
        expect(left.explanation).not.toMatch(/NaN|Infinity|undefined/u);
        expect(left.blockedBy.every((key) => keys.has(key))).toBe(true);
        if (left.constraint === 'capacity' || left.constraint === 'dependency') expect(left.blockedBy).not.toEqual([]);
      }
    });
  });

  it('is the same every time, and is JSON', () => {
    forAny((input, result) => {
      expect(schedule(structuredClone(input))).toEqual(result);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    });
  });

  it('leaves nothing out that still fits into the time left', () => {
    forAny((input, result) => {
      if (input.dailyFocusMinutes !== null) return;
      for (const left of result.unscheduled.filter((entry) =>
        ['capacity', 'horizon', 'block_size'].includes(entry.constraint),
      )) {
        const task = input.tasks.find((candidate) => candidate.key === left.task);
        const pause = input.bufferMinutes * minute;
        const alone = schedule({
          ...input,
          tasks: input.tasks.filter((candidate) => candidate === task),
          dependencies: [],
          free: input.free.filter((window) =>
            result.blocks.every(
              (block) => block.endMs + pause <= window.startMs || window.endMs + pause <= block.startMs,
            ),
          ),
        });
        const ends = input.dependencies
          .filter((dependency) => dependency.kind === 'hard' && dependency.task === left.task)
          .map((dependency) => blocksOf(result, dependency.dependsOn).at(-1)?.endMs ?? 0);
        const fits =
          alone.blocks.length > 0 && alone.blocks.every((block) => ends.every((end) => end <= block.startMs));
        expect(fits).toBe(false);
      }
    });
  });
});
