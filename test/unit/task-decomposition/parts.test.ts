import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asJson } from '../../../workflows/shared/json.ts';
import type { Split, SplitPart } from '../../../workflows/task_decomposition/contract.ts';
import { joinShort } from '../../../workflows/task_decomposition/parts/join.ts';
import { matchExisting } from '../../../workflows/task_decomposition/parts/match.ts';
import { growTree, leavesOf } from '../../../workflows/task_decomposition/parts/nodes.ts';
import { assembleParts } from '../../../workflows/task_decomposition/parts/parts.ts';
import { findTarget } from '../../../workflows/task_decomposition/target/target.ts';
import { factsOf, finishedOf, taskOf, workloadOf } from './support.ts';

function partOf(key: string, title: string, likely: number): SplitPart {
  const minutes = { low: likely, likely, high: likely };
  return { key, title, steps: ['Do it'], acceptance: 'It is done.', minutes, reason: 'a guess', existingTaskId: null };
}

function splitOf(...parts: readonly SplitPart[]): Split {
  return { title: 'Build the shed', summary: '', parts: [...parts], reasoning: '' };
}

function mapValues(splits: Readonly<Record<string, Split>>) {
  return Object.fromEntries(Object.entries(splits).map(([name, split]) => [name, asJson(split)]));
}

function assemble(setting: {
  readonly splits: Readonly<Record<string, Split>>;
  readonly split?: readonly string[];
  readonly options?: Readonly<Record<string, number>>;
  readonly subtasks?: readonly ReturnType<typeof taskOf>[];
  readonly done?: readonly string[];
}) {
  const task = taskOf('Build the shed', { durationMinutes: 1_200, id: 'whole' });
  const workload = workloadOf([task, ...(setting.subtasks ?? [])]);
  const finishedTasks = (setting.done ?? []).map((title) => finishedOf(title, { parentTaskId: 'whole' }));
  const facts = factsOf({ focusTask: task, workload, finishedTasks, options: setting.options ?? {} });
  const target = asJson(findTarget(facts));
  return assembleParts({ ...facts, outputs: { target, ...mapValues(setting.splits) } }, setting.split ?? []);
}

describe('parts', () => {
  test('that are too long are split again, up to the rounds allowed', () => {
    const splits = {
      split: splitOf(partOf('1', 'Saw', 60), partOf('2', 'Nail', 600)),
      'split/2': splitOf(partOf('2.1', 'Nail the floor', 300), partOf('2.2', 'Nail the roof', 90)),
    };
    expect(assemble({ splits })).toMatchObject({ oversized: ['2'], leftLarge: [] });
    const second = assemble({ splits, split: ['2'] });
    expect(second).toMatchObject({ oversized: ['2.1'] });
    expect(second.leaves.map(({ title }) => title)).toEqual(['1 Saw', '2.1 Nail the floor', '2.2 Nail the roof']);
    expect(assemble({ splits, split: ['2'], options: { maxRounds: 2 } })).toMatchObject({
      oversized: [],
      leftLarge: ['Nail the floor'],
    });
  });

  test('that could not be split are not asked about again', () => {
    const splits = {
      split: splitOf(partOf('1', 'Saw', 60), partOf('2', 'Nail', 600)),
      'split/2': splitOf(partOf('2.1', 'Nail it', 600)),
    };
    expect(assemble({ splits, split: ['2'] })).toMatchObject({ oversized: [], leftLarge: ['Nail'] });
  });

  test('of an earlier revision are left out unless they were split again', () => {
    const splits = {
      split: splitOf(partOf('1', 'Saw', 60), partOf('2', 'Nail', 90)),
      'split/2': splitOf(partOf('2.1', 'Old', 60), partOf('2.2', 'Older', 60)),
    };
    expect(assemble({ splits }).leaves.map(({ title }) => title)).toEqual(['Saw', 'Nail']);
  });

  test('that exist are found by title and keep it; finished ones are left out; the rest is named', () => {
    const saw = taskOf('saw!', { parentTaskId: 'whole' });
    const paint = taskOf('Paint', { parentTaskId: 'whole', durationMinutes: 45 });
    const splits = { split: splitOf(partOf('1', 'Saw', 60), partOf('2', 'Nail', 90), partOf('3', 'Buy boards', 90)) };
    const found = assemble({ splits, subtasks: [saw, paint], done: ['buy boards'] });
    expect(found.leaves.map(({ title, taskId }) => [title, taskId])).toEqual([
      ['saw!', saw.id],
      ['Nail', null],
    ]);
    expect(found).toMatchObject({ done: ['Buy boards'], kept: [{ id: paint.id }], total: { likely: 195 } });
  });

  test('of an existing subtask that was too long go under it', () => {
    const nail = taskOf('Nail', { parentTaskId: 'whole', durationMinutes: 600 });
    const splits = {
      split: splitOf(partOf('1', 'Saw', 60), partOf('2', 'Nail', 600)),
      'split/2': splitOf(partOf('2.1', 'Nail the floor', 90), partOf('2.2', 'Nail the roof', 90)),
    };
    const found = assemble({ splits, split: ['2'], subtasks: [nail] });
    expect(found.parents).toMatchObject([{ taskId: nail.id, minutes: { likely: 180 } }]);
    expect(found.leaves.map(({ under }) => under)).toEqual([null, '2', '2']);
  });

  test('that are one, or all finished, are nothing to propose', () => {
    expect(assemble({ splits: { split: splitOf(partOf('1', 'Saw', 60)) } }).nothing).toContain('nothing to split');
    expect(assemble({ splits: { split: splitOf(partOf('1', 'Saw', 60)) }, done: ['Saw'] }).nothing).toContain(
      'finished: Saw',
    );
  });

  test('never become more than a person surveys, however long they are', () => {
    const lengths = fc.array(fc.integer({ min: 5, max: 3_000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(lengths, (all) => {
        const splits = {
          split: splitOf(
            ...all.map((minutes, index) => partOf(String(index + 1), `Part ${'x'.repeat(index + 1)}`, minutes)),
          ),
        };
        const { leaves, oversized, leftLarge } = assemble({ splits });
        const long = leaves.filter((leaf) => leaf.minutes.likely > 120);
        expect(oversized.length + leftLarge.length).toBe(long.length);
        const growth = leaves
          .filter((leaf) => oversized.includes(leaf.key))
          .reduce((sum, leaf) => sum + Math.ceil(leaf.minutes.likely / 120), 0);
        expect(leaves.length + growth).toBeLessThanOrEqual(60);
      }),
      { numRuns: 50 },
    );
  });
});

describe('short neighbors', () => {
  const limits = { minMinutes: 15, maxMinutes: 60 };
  const grow = (...minutes: readonly number[]) =>
    growTree(splitOf(...minutes.map((each, index) => partOf(String(index + 1), `Part ${index + 1}`, each))), {
      split: new Set(),
      read: () => null,
      finished: [],
    });

  test('become one with their steps, and nothing of their time is lost', () => {
    const joined = joinShort(grow(5, 10, 60, 5), limits, () => false);
    expect(joined.map(({ title, minutes }) => [title, minutes.likely])).toEqual([
      ['Part 1, Part 2', 15],
      ['Part 3', 60],
      ['Part 4', 5],
    ]);
    expect(joined[0]?.steps).toEqual(['Part 1', 'Part 2']);
  });

  test('that exist already stay themselves', () => {
    expect(joinShort(grow(5, 5, 5), limits, ({ key }) => key === '2')).toHaveLength(3);
  });

  test('add up to the same and never to more than a subtask may take', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), (minutes) => {
        const before = grow(...minutes);
        const after = leavesOf(joinShort(before, limits, () => false));
        const sum = (nodes: typeof after) => nodes.reduce((all, node) => all + node.minutes.likely, 0);
        expect(sum(after)).toBe(sum(before));
        expect(
          after.every((node) => node.minutes.likely <= Math.max(60, ...before.map((each) => each.minutes.likely))),
        ).toBe(true);
      }),
    );
  });
});

describe('an existing subtask', () => {
  test('is one part only: that of its title, before one that a model names it for', () => {
    const nodes = growTree(splitOf({ ...partOf('1', 'Hammer', 60), existingTaskId: 'nail' }, partOf('2', 'Nail', 60)), {
      split: new Set(),
      read: () => null,
      finished: [],
    });
    const subtask = {
      id: 'nail',
      parentTaskId: 'whole',
      title: 'nail',
      description: null,
      steps: null,
      durationMinutes: null,
      hasSubtasks: false,
    };
    expect([...matchExisting(nodes, [subtask]).keys()]).toEqual(['2']);
  });
});
