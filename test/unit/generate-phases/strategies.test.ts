import { describe, expect, it } from 'vitest';
import { workloadOf } from '../task-decomposition/support.ts';
import { layOut, ownTask, projectOf, spansOf } from './support.ts';

describe('phases by topic', () => {
  const options = { strategy: 'by_topic' };
  const garden = ['Dig the garden', 'Water the garden'].map((title) => ownTask(title));
  const kitchen = ['Paint the kitchen', 'Clean the kitchen'].map((title) => ownTask(title));
  const alone = ownTask('Call mother');

  it('are named after what several tasks are about, and the last takes what is about nothing else', async () => {
    const { placed, reasons } = await layOut(projectOf([...kitchen, alone, ...garden]), options);
    expect(placed).toEqual({
      Kitchen: ['Paint the kitchen', 'Clean the kitchen'],
      Garden: ['Dig the garden', 'Water the garden'],
      'Everything else': ['Call mother'],
    });
    expect(Object.keys(placed).at(-1)).toBe('Everything else');
    expect(reasons).toMatchObject({
      'Dig the garden': 'It is about "Garden".',
      'Call mother': 'It belongs to none of the topics.',
    });
  });

  it('are named in German where the tasks are', async () => {
    const tasks = ['Den Garten umgraben', 'Im Garten Rosen pflanzen', 'Die Steuer machen'].map((title) =>
      ownTask(title),
    );
    const { placed } = await layOut(projectOf(tasks), options);
    expect(placed).toEqual({
      Garten: ['Den Garten umgraben', 'Im Garten Rosen pflanzen'],
      'Alles andere': ['Die Steuer machen'],
    });
  });

  it('go on side by side: each begins with its first work, and no order among them is asked for', async () => {
    const [dig, paint] = [garden[0], kitchen[0]];
    if (dig === undefined || paint === undefined) throw new Error('no tasks');
    const edge = { taskId: dig.id, dependsOnId: paint.id, kind: 'hard' } as const;
    const back = { taskId: kitchen[1]?.id ?? '', dependsOnId: garden[1]?.id ?? '', kind: 'hard' } as const;
    const workload = workloadOf([...garden, ...kitchen], [edge, back]);
    const { draft } = await layOut(projectOf([], { workload }), options);
    const spans = spansOf(draft);
    expect(spans).toHaveLength(2);
    expect(new Set(spans.map(({ start }) => start)).size).toBe(1);
    expect(draft.notes.filter((note) => note.kind === 'order')).toEqual([]);
  });
});

describe('phases by deadline', () => {
  const options = { strategy: 'by_deadline' };

  it('are the months in which work is due where the person is, and the undated work comes last', async () => {
    const tasks = [
      ownTask('Later'),
      ownTask('May', { deadline: '2027-05-20T10:00:00.000Z' }),
      // Half past nine in the evening of 31 March.
      ownTask('Evening', { deadline: '2027-04-01T01:30:00.000Z' }),
      // A whole day.
      ownTask('First of April', { deadline: '2027-04-01T00:00:00.000Z' }),
    ];
    const { placed, reasons } = await layOut(projectOf(tasks, { timeZone: 'America/New_York' }), options);
    expect(placed).toEqual({
      'By the end of March 2027': ['Evening'],
      'By the end of April 2027': ['First of April'],
      'By the end of May 2027': ['May'],
      'Without a date': ['Later'],
    });
    expect(Object.keys(placed).at(-1)).toBe('Without a date');
    expect(reasons).toMatchObject({ Evening: 'Due on 2027-03-31.', 'First of April': 'Due on 2027-04-01.' });
  });

  it('follow each other, and none ends before the last minute of what is due in it', async () => {
    const tasks = [
      ownTask('Pay', { deadline: '2026-12-10T00:00:00.000Z' }),
      ownTask('Move', { deadline: '2027-01-15T00:00:00.000Z' }),
      ownTask('Rest'),
    ];
    const spans = spansOf((await layOut(projectOf(tasks), options)).draft);
    expect(spans.map(({ end }) => end).slice(0, 2)).toEqual(['2026-12-10T22:59:00.000Z', '2027-01-15T22:59:00.000Z']);
    const edges = spans.flatMap(({ start, end }) => [start, end]);
    expect(edges).toEqual(edges.toSorted());
  });

  it('are twenty at most, however many months there are', async () => {
    const months = Array.from({ length: 30 }, (_each, index) => new Date(Date.UTC(2027, index, 10, 9)).toISOString());
    const { placed } = await layOut(
      projectOf(months.map((deadline, index) => ownTask(`Rent ${index}`, { deadline }))),
      options,
    );
    expect(Object.keys(placed)).toHaveLength(20);
    expect(Object.values(placed).flat()).toHaveLength(30);
  });
});
