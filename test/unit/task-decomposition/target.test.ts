import { describe, expect, test } from 'vitest';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { asJson } from '../../../workflows/shared/json.ts';
import { calibrate, finishedWork } from '../../../workflows/task_decomposition/target/history.ts';
import { findTarget } from '../../../workflows/task_decomposition/target/target.ts';
import { descendantsOf, parentWithRoom } from '../../../workflows/task_decomposition/target/tree.ts';
import { factsOf, finishedOf, taskOf, workloadOf } from './support.ts';

const soon = '2026-11-25T09:00:00.000Z';

function among(tasks: Parameters<typeof workloadOf>[0], more: Partial<FactSheet> = {}) {
  return findTarget(factsOf({ workload: workloadOf(tasks), ...more }));
}

describe('a task that nobody named', () => {
  test('is the longest and vaguest, with the reason', () => {
    const long = taskOf('Build the shed', { durationMinutes: 1_200 });
    const found = among([
      taskOf('Call Ann', { durationMinutes: 15 }),
      long,
      taskOf('Tidy', { durationMinutes: 150, steps: '- a' }),
    ]);
    expect(found).toMatchObject({ state: 'ready', task: { id: long.id } });
    expect(found.why).toContain('it takes 20 h, more than 2 h');
    expect(found.why).toContain('neither steps nor a description');
  });

  test('is asked for when several need it about equally; the one due sooner comes first', () => {
    const [late, early] = [
      taskOf('Build the shed', { durationMinutes: 1_200 }),
      taskOf('Build the fence', { durationMinutes: 1_200, deadline: soon }),
    ];
    const found = among([late, early]);
    expect(found.state).toBe('ask');
    expect(found.candidates.map(({ taskId }) => taskId)).toEqual([early.id, late.id]);
  });

  test('has a label of its own among others of the same title, and is what was chosen by that label', () => {
    const twins = ['a', 'b'].map(() => taskOf('Build the shed', { durationMinutes: 1_200 }));
    const asked = among(twins);
    expect(asked.candidates.map(({ label }) => label)).toEqual(['Build the shed', 'Build the shed #2']);
    const answers = [{ key: 'task', question: '', answer: 'Build the shed #2' }];
    const chosen = among(twins, { answers, outputs: { target: asJson(asked) } });
    expect(chosen).toMatchObject({ state: 'ready', task: { id: twins[1]?.id } });
  });

  test('is none where all are small, split already, or of another project', () => {
    const parent = taskOf('Build the shed', { durationMinutes: 1_200, projectId: 'p' });
    const child = taskOf('Saw the boards', { durationMinutes: 60, parentTaskId: parent.id, projectId: 'p' });
    expect(among([parent, child])).toMatchObject({ state: 'nothing' });
    const project = {
      id: 'q',
      name: 'Garden',
      description: null,
      context: null,
      status: 'active',
      startDate: null,
      endDate: null,
      phases: [],
    };
    const lone = taskOf('Build the fence', { durationMinutes: 1_200, projectId: 'p' });
    expect(among([lone], { project })).toMatchObject({ state: 'nothing' });
    expect(among([lone], { project }).why).toContain('No open task of "Garden"');
    expect(among([])).toMatchObject({ state: 'nothing' });
  });
});

describe('a text', () => {
  test('that is the title of an open task is that task, whatever its case and marks', () => {
    const task = taskOf('Build the shed!', { durationMinutes: 600 });
    expect(among([task], { input: { userPrompt: '  build  the Shed' } })).toMatchObject({ task: { id: task.id } });
    expect(among([task], { input: { userPrompt: 'Build the fence' } })).toMatchObject({ task: null, state: 'ready' });
  });
});

describe('a task that was named', () => {
  test('brings its open subtasks of all levels and the titles of finished ones', () => {
    const task = taskOf('Build the shed', { durationMinutes: 600 });
    const below = taskOf('Saw', { parentTaskId: task.id });
    const deeper = taskOf('Sharpen the saw', { parentTaskId: below.id });
    const done = finishedOf('Buy boards', { parentTaskId: task.id });
    const facts = factsOf({ focusTask: task, workload: workloadOf([task, below, deeper]), finishedTasks: [done] });
    const found = findTarget(facts);
    expect(found.subtasks.map(({ id, hasSubtasks }) => [id, hasSubtasks])).toEqual([
      [below.id, true],
      [deeper.id, false],
    ]);
    expect(found.finishedSubtasks).toEqual(['Buy boards']);
  });

  test('is small or not by what such work took, not by what it is planned with', () => {
    const task = taskOf('Write the newsletter', { durationMinutes: 120 });
    const workload = workloadOf([task]);
    expect(findTarget(factsOf({ focusTask: task, workload }))).toMatchObject({ state: 'small' });
    const finishedTasks = [finishedOf('Write the newsletter of May', { plannedMinutes: 120, spentMinutes: 360 })];
    expect(findTarget(factsOf({ focusTask: task, workload, finishedTasks }))).toMatchObject({ state: 'ready' });
  });
});

describe('finished work', () => {
  const finished = finishedWork([
    finishedOf('Write the newsletter of May', { plannedMinutes: 60, spentMinutes: 120 }),
    finishedOf('Write the newsletter of June', { plannedMinutes: 60, spentMinutes: 120 }),
    finishedOf('Walk the dog', { plannedMinutes: 60, spentMinutes: 60 }),
    finishedOf('Nobody knows', { plannedMinutes: null, spentMinutes: 60 }),
  ]);

  test('that is alike is named with what it took', () => {
    const { factor, reason } = calibrate(finished, 'Write the newsletter of July');
    expect(factor).toBeGreaterThan(1.3);
    expect(reason).toContain('"Write the newsletter of May" was planned with 1 h and took 2 h');
  });

  test('that is not alike moves an estimate little', () => {
    expect(calibrate(finished, 'Paint the fence').factor).toBeLessThan(1.1);
    expect(calibrate([], 'Paint the fence')).toEqual({ factor: 1, reason: null });
  });
});

describe('the tree of tasks', () => {
  const chain = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index, all) => ({ id, parentTaskId: all[index - 1] ?? null }));

  test('has room for five levels of subtasks, and beside the task below that', () => {
    expect(parentWithRoom(chain, 'a')).toBe('a');
    expect(parentWithRoom(chain, 'e')).toBe('e');
    expect(parentWithRoom(chain, 'f')).toBe('e');
    expect(parentWithRoom([], 'x')).toBe('x');
  });

  test('ends even where the records go in a circle', () => {
    const circle = [
      { id: 'a', parentTaskId: 'b' },
      { id: 'b', parentTaskId: 'a' },
    ];
    expect(parentWithRoom(circle, 'a')).toBe('a');
    expect(descendantsOf(circle, 'a').map(({ id }) => id)).toEqual(['b']);
  });
});
