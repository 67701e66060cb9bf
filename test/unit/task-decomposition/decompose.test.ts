import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FactSheet } from '../../../src/contract/facts.ts';
import { findCycle } from '../../../workflows/shared/cycles.ts';
import { asJson } from '../../../workflows/shared/json.ts';
import { readOrder, readParts } from '../../../workflows/task_decomposition/outputs.ts';
import { taskDecomposition } from '../../../workflows/task_decomposition/type.ts';
import { decompose, factsOf, finishedOf, taskOf, workloadOf } from './support.ts';
import type { Decomposed } from './support.ts';

async function ofText(userPrompt: string, options: FactSheet['options'] = {}): Promise<Decomposed> {
  return await decompose(factsOf({ input: { userPrompt }, options }));
}

function titles({ facts }: Decomposed): readonly string[] {
  return readParts(facts).leaves.map(({ title }) => title);
}

function order({ facts }: Decomposed): readonly string[] {
  const names = new Map(readParts(facts).leaves.map((leaf) => [leaf.key, leaf.title]));
  return readOrder(facts).map((edge) => `${names.get(edge.task)} < ${names.get(edge.dependsOn)} ${edge.kind}`);
}

describe('with the offline model', () => {
  test('a list is split into its own parts, with the times and the order that it states', async () => {
    const done = await ofText(
      'Open day:\n- Write the invitation (1 hour)\n- Print posters (30 min), after writing the invitation\n- Brief the helpers (45 min)',
    );
    expect(titles(done)).toEqual(['Write the invitation', 'Print posters', 'Brief the helpers']);
    expect(readParts(done.facts).leaves.map(({ minutes }) => minutes.likely)).toEqual([60, 30, 45]);
    expect(order(done)).toContain('Print posters < Write the invitation hard');
  });

  test('German sentences are read as English ones are', async () => {
    const done = await ofText(
      'Gartenlaube streichen: Farbe kaufen (1 Stunde), Wände schleifen (90 Minuten), Wände streichen (1 Tag).',
    );
    expect(titles(done).slice(0, 2)).toEqual(['1 Farbe kaufen', '2 Wände schleifen']);
    expect(titles(done).some((title) => /Wände streichen \(1 von \d\)/u.test(title))).toBe(true);
    const [first] = readParts(done.facts).leaves;
    expect(first?.acceptance).toBe('Es ist da oder fest vereinbart, und die Kosten sind notiert.');
  });

  test.each(['Call the dentist', 'Zahnarzt anrufen', 'Prepare the tax return'])(
    '%s is one thing to do',
    async (text) => {
      expect(await ofText(text)).toMatchObject({ draft: null });
    },
  );

  test('a bare title takes the usual course of such work', async () => {
    const done = await ofText('Organize a summer party');
    expect(titles(done)).toContain('3 Write the guest list');
    expect(done.rounds).toBe(2);
  });

  test('a bare title with a known duration is split into sittings of the size', async () => {
    const task = taskOf('Build the import', { durationMinutes: 960 });
    const done = await decompose(
      factsOf({ focusTask: task, workload: workloadOf([task]), options: { maxMinutes: 180 } }),
    );
    const { leaves } = readParts(done.facts);
    expect(leaves.every((leaf) => leaf.minutes.likely <= 180)).toBe(true);
    expect(leaves.reduce((sum, leaf) => sum + leaf.minutes.likely, 0)).toBeGreaterThan(900);
  });

  test('estimates that history makes longer still come within the size', async () => {
    const task = taskOf('Build the import', { durationMinutes: 960 });
    const finishedTasks = [1, 2, 3].map((n) =>
      finishedOf(`Build the import ${n}`, { plannedMinutes: 60, spentMinutes: 120 }),
    );
    const done = await decompose(factsOf({ focusTask: task, workload: workloadOf([task]), finishedTasks }));
    const { leaves } = readParts(done.facts);
    expect(leaves.every((leaf) => leaf.minutes.likely <= 120)).toBe(true);
    expect(leaves[1]?.reason).toContain('was planned with 1 h and took 2 h');
  });

  test('a rejection changes the parts', async () => {
    const input = { userPrompt: 'Renovate the hall: buy paint, clear the hall, paint the walls, lay the floor.' };
    const rejections = [{ comment: 'Leave out the floor', summary: null }];
    expect(titles(await decompose(factsOf({ input, rejections }))).join()).not.toContain('floor');
  });

  test('any text gives parts in an order without circles, and every answer passes its own checks', async () => {
    const word = fc.constantFrom(
      'paint',
      'the wall',
      'and',
      'after',
      'before',
      '\n- ',
      '\n## ',
      '2 hours',
      '3 days',
      'build',
      'Wand',
      'streichen',
      'nach',
      ',',
      '.',
      '1.',
      'and then',
      '(5 min)',
      'kaufen',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 40 }), async (words) => {
        const done = await ofText(words.join(' ').trim() || 'x');
        if (done.draft === null) return;
        expect(findCycle(readOrder(done.facts))).toBeNull();
        const ids = done.draft.operations.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(
          done.draft.operations.every(({ requires }, index) =>
            requires.every((id) => ids.indexOf(id) < index && ids.includes(id)),
          ),
        ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the proposal', () => {
  test('never turns around the order that existing subtasks have already', async () => {
    const task = taskOf('Renovate the hall', {
      durationMinutes: 600,
      steps: '- Buy paint (1 hour)\n- Paint the walls (2 hours), after buying paint',
    });
    const buy = taskOf('Buy paint', { parentTaskId: task.id });
    const outside = taskOf('Ask the landlord');
    const paint = taskOf('Paint the walls', { parentTaskId: task.id });
    const dependencies = [
      { taskId: buy.id, dependsOnId: outside.id, kind: 'hard' as const },
      { taskId: outside.id, dependsOnId: paint.id, kind: 'hard' as const },
    ];
    const done = await decompose(
      factsOf({ focusTask: task, workload: workloadOf([task, buy, outside, paint], dependencies) }),
    );
    expect(done.draft?.operations.filter(({ kind }) => kind === 'add_dependency')).toEqual([]);
    expect(done.draft?.operations.filter(({ kind }) => kind === 'create_task')).toEqual([]);
  });

  test('keeps what somebody wrote into an existing subtask', async () => {
    const task = taskOf('Renovate the hall', { steps: '- Buy paint (1 hour)\n- Paint the walls (2 hours)' });
    const buy = taskOf('Buy paint', {
      parentTaskId: task.id,
      steps: '- Go to Ann',
      description: 'White, matt.',
      durationMinutes: 60,
    });
    const done = await decompose(factsOf({ focusTask: task, workload: workloadOf([task, buy]) }));
    const update = done.draft?.operations.find(({ id }) => id === 'part-1');
    expect(update).toMatchObject({
      kind: 'update_task',
      payload: { taskId: buy.id, changes: { description: expect.stringMatching(/^White, matt\.\n\nDone when: /u) } },
    });
    expect(JSON.stringify(update)).not.toContain('taskSteps');
  });

  test('puts subtasks beside a task that lies five levels deep, and says so', async () => {
    const line: ReturnType<typeof taskOf>[] = [];
    for (let level = 0; level < 6; level += 1)
      line.push(taskOf(`Level ${level}`, { parentTaskId: line.at(-1)?.id ?? null }));
    const deepest = line.at(-1);
    const focusTask =
      deepest === undefined ? null : { ...deepest, steps: '- Buy paint (1 hour)\n- Paint the walls (2 hours)' };
    const done = await decompose(factsOf({ focusTask, workload: workloadOf(line) }));
    const made = done.draft?.operations.filter(({ kind }) => kind === 'create_task') ?? [];
    const parent = { parentTaskId: line.at(-2)?.id };
    expect(made.map(({ payload }) => payload)).toMatchObject([parent, parent]);
    expect(done.draft?.notes.map(({ kind }) => kind)).toContain('depth');
  });
});

describe('the checks of the calls', () => {
  const facts = factsOf({ input: { userPrompt: 'Paint the hall' } });
  const part = {
    key: '1',
    title: 'Buy',
    steps: ['Buy'],
    acceptance: 'There.',
    minutes: { low: 1, likely: 2, high: 3 },
    reason: 'r',
    existingTaskId: null,
  };
  const problems = async (parts: readonly object[], params = { part: '' }): Promise<string> => {
    const { facts: known } = await decompose(facts);
    const output = asJson({ title: 'Paint the hall', summary: '', reasoning: '', parts });
    return JSON.stringify(taskDecomposition.calls['split']?.check(output, known, params));
  };

  test('find invented ids, wrong keys, the whole as a part, and ranges that are none', async () => {
    expect(await problems([{ ...part, existingTaskId: 'made-up' }])).toContain('no subtask of this task');
    expect(await problems([{ ...part, key: 'a' }])).toContain('must be 1, 2');
    expect(
      await problems([
        { ...part, title: 'paint the HALL' },
        { ...part, key: '2' },
      ]),
    ).toContain('is the whole');
    expect(await problems([{ ...part, minutes: { low: 5, likely: 2, high: 3 } }])).toContain('low ≤ likely ≤ high');
    expect(
      await problems(
        Array.from({ length: 13 }, (_none, index) => ({
          ...part,
          key: `1.${index + 1}`,
          title: `Part ${'y'.repeat(index)}`,
        })),
        { part: '1' },
      ),
    ).toContain('too many');
    expect(await problems([part])).toBe('[]');
  });

  test('find an order that closes a circle with the one that existing tasks have', async () => {
    const task = taskOf('Renovate the hall', { steps: '- Buy paint (1 hour)\n- Paint the walls (2 hours)' });
    const [buy, paint] = [
      taskOf('Buy paint', { parentTaskId: task.id }),
      taskOf('Paint the walls', { parentTaskId: task.id }),
    ];
    const outside = taskOf('Ask the landlord');
    const dependencies = [
      { taskId: paint.id, dependsOnId: outside.id, kind: 'hard' as const },
      { taskId: outside.id, dependsOnId: buy.id, kind: 'hard' as const },
    ];
    const workload = workloadOf([task, buy, paint, outside], dependencies);
    const { facts: known } = await decompose(factsOf({ focusTask: task, workload }));
    const check = (taskKey: string, dependsOn: string): string => {
      const output = { dependencies: [{ task: taskKey, dependsOn, kind: 'hard', reason: 'r' }], reasoning: '' };
      return JSON.stringify(taskDecomposition.calls['order']?.check(output, known, {}));
    };
    expect(check('1', '2')).toContain('2 → Ask the landlord → 1 → 2');
    expect(check('2', '1')).toBe('[]');
    expect(check('2', '7')).toContain('no key of');
  });
});
