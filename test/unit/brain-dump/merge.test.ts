import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { mergePieces } from '../../../workflows/brain_dump/merge/merge.ts';
import { fact, nothingThere, open, piece, said } from './said.ts';

const titles = [
  'Call the dentist',
  'call dentist',
  'Buy milk',
  'Read chapter 3',
  'Read chapter 4',
  'Book train to Vienna',
  'Rechnung überweisen',
  'Send the invoice for Acme',
];
const anyTask = fc.record({
  title: fc.constantFrom(...titles),
  deadline: fc.constantFrom(null, '2026-11-30', '2026-12-24', '2020-01-01', '2026-13-77'),
  startDate: fc.constantFrom(null, '2026-11-28', '2027-01-01'),
  project: fc.constantFrom(null, 'garden', 'nowhere'),
  existingTaskId: fc.constantFrom(null, 'open-1', 'gone'),
  parent: fc.constantFrom(null, 't2', 't1'),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyPieces = fc.array(fc.array(anyTask, { maxLength: 6 }), { minLength: 1, maxLength: 4 }).map((pieces) =>
  pieces.map((tasks, at) =>
    piece(
      `p${at + 1}`,
      tasks.map((task, index) =>
        said(task.title, { ...task, key: `t${index + 1}`, quote: `${task.title} ${at}.${index}` }),
      ),
    ),
  ),
);
const existing = nothingThere({
  projects: [{ id: 'garden', name: 'Garden', context: null }],
  tasks: [open('open-1', 'Call the dentist'), open('open-2', 'Buy milk', { projectId: 'garden' })],
});

describe('merging', () => {
  test('holds thousands of thoughts against each other and against what is open', () => {
    const tasks = Array.from({ length: 2_000 }, (_none, index) => said(`Water plant ${index}`));
    const pieces = Array.from({ length: 40 }, (_none, at) => piece(`p${at + 1}`, tasks.slice(at * 50, at * 50 + 50)));
    const open1000 = tasks.slice(0, 1_000).map(({ title }, index) => open(`open-${index}`, title));
    const merged = mergePieces(pieces, nothingThere({ tasks: open1000 }));
    expect([merged.tasks.length, merged.known.length]).toEqual([1_000, 1_000]);
  });

  test('loses no words, makes nothing twice, and leads nowhere that is not there', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const merged = mergePieces(pieces, existing);
        const quotes = [...merged.tasks, ...merged.updates, ...merged.known].flatMap((each) => each.quotes);
        const sources = pieces.flatMap(({ tasks }) => tasks.tasks.map((task) => task.quote));
        expect(quotes.toSorted()).toEqual([...new Set(sources)].toSorted());
        const touched = [...merged.updates, ...merged.known].map((each) => each.taskId);
        expect(new Set(touched).size).toBe(touched.length);
        const keys = merged.tasks.map((task) => task.key);
        for (const [at, task] of merged.tasks.entries()) {
          expect([null, 'garden']).toContain(task.projectId);
          if (task.parent !== null) expect(keys.slice(0, at)).toContain(task.parent);
          if (task.deadline !== null) expect(task.deadline >= existing.today).toBe(true);
          if (task.startDate !== null && task.deadline !== null) expect(task.startDate <= task.deadline).toBe(true);
        }
      }),
    );
  });

  test('of the same pieces said once more makes no more tasks', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const again = pieces.map((each) => ({ ...each, key: `again-${each.key}` }));
        const keysOf = (all: typeof pieces): readonly string[] =>
          mergePieces(all, existing).tasks.map((task) => task.title);
        expect(keysOf([...pieces, ...again]).length).toBe(keysOf(pieces).length);
      }),
    );
  });

  test('is never surer than its least sure part', () => {
    fc.assert(
      fc.property(anyPieces, (pieces) => {
        const { confidence, tasks, updates } = mergePieces(pieces, existing);
        for (const part of [...tasks, ...updates]) expect(confidence).toBeLessThanOrEqual(part.confidence);
      }),
    );
  });
});

describe('a task that was said twice', () => {
  test('is one, with the words of both, and says where they differ', () => {
    const merged = mergePieces(
      [
        piece('p1', [said('Call the dentist', { deadline: '2026-11-27' })]),
        piece('p2', [said('Call dentist', { deadline: '2026-11-30', steps: ['find the number'] })]),
      ],
      nothingThere(),
    );
    expect(merged.tasks).toMatchObject([
      {
        title: 'Call the dentist',
        deadline: '2026-11-30',
        steps: ['find the number'],
        quotes: ['Call the dentist', 'Call dentist'],
      },
    ]);
    expect(merged.contradictions).toEqual([
      '"Call dentist": the deadline is said to be 2026-11-27 and then 2026-11-30; the later one is taken.',
    ]);
  });

  test('with another number in it is another task', () => {
    expect(
      mergePieces([piece('p1', [said('Read chapter 3'), said('Read chapter 4')])], nothingThere()).tasks,
    ).toHaveLength(2);
  });
});

describe('an open task', () => {
  test('is not made again, but told what is new', () => {
    const merged = mergePieces([piece('p1', [said('Call the dentist', { deadline: '2026-11-27' })])], existing);
    expect(merged.tasks).toEqual([]);
    expect(merged.updates).toMatchObject([{ taskId: 'open-1', deadline: '2026-11-27', confidence: 0.85 }]);
  });

  test('of which nothing new is said is left as it is', () => {
    const merged = mergePieces([piece('p1', [said('Call the dentist')])], existing);
    expect(merged).toMatchObject({ tasks: [], updates: [], known: [{ taskId: 'open-1' }], confidence: 1 });
  });

  test('whose date is said differently is a contradiction that is shown', () => {
    const there = nothingThere({ tasks: [open('open-1', 'Call the dentist', { deadline: '2026-12-01' })] });
    const { contradictions } = mergePieces(
      [piece('p1', [said('Call the dentist', { deadline: '2026-11-27' })])],
      there,
    );
    expect(contradictions).toEqual(['"Call the dentist" is due on 2026-12-01; the dump says 2026-11-27.']);
  });
});

describe('facts', () => {
  test('are kept once, go where they belong, and are left out when they are known', () => {
    const there = nothingThere({
      projects: [{ id: 'garden', name: 'Garden', context: 'The budget is 800 euros.' }],
      person: { work_style: 'I work best in the mornings' },
    });
    const facts = [
      fact('The budget is 800 euros', { kind: 'project', project: 'garden' }),
      fact('The soil is sandy', { kind: 'project', project: 'Garden' }),
      fact('The soil is sandy', { kind: 'project', project: 'garden' }),
      fact('I work best in the mornings', { kind: 'person', field: 'workStyle' }),
      fact('I live in Leipzig', { kind: 'person', field: 'background' }),
      fact('Bees on the roof', { category: 'idea' }),
    ];
    const merged = mergePieces([piece('p1', [], { facts })], there);
    expect(merged.projectAdditions).toMatchObject([{ text: 'The soil is sandy', projectId: 'garden' }]);
    expect(merged.personAdditions).toMatchObject([{ text: 'I live in Leipzig', field: 'background' }]);
    expect(merged.notes).toMatchObject([{ content: 'Bees on the roof', category: 'idea' }]);
    expect(merged.dropped).toHaveLength(2);
  });

  test('of a project that another piece brings up become its context', () => {
    const projects = [
      { key: 'n1', name: 'Attic conversion', description: '', quote: 'the attic conversion', confidence: 0.9 },
    ];
    const merged = mergePieces(
      [
        piece('p1', [], { facts: [fact('It may cost 20k', { kind: 'project', project: 'attic conversion' })] }),
        piece('p2', [said('Ask the architect', { project: 'n1' })], { projects }),
      ],
      nothingThere(),
    );
    expect(merged.projectAdditions).toMatchObject([{ newProject: 'project-1' }]);
    expect(merged.tasks).toMatchObject([{ newProject: 'project-1', projectId: null }]);
  });
});
