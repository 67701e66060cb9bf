import { describe, expect, it } from 'vitest';
import { backends } from '../support/backends.ts';
import { newProject } from '../support/rows.ts';
import { useSearch } from './setup.ts';

describe.each(backends)('full-text search on $name', ({ start }) => {
  const { database, ada, note, find, titles } = useSearch(start);

  it('finds other forms of a word in English and German, and names as they are', async () => {
    await note('Moving', 'We are painting the fences');
    await note('Umzug', 'Die Kartons stehen in den Häusern');
    await note('Names', 'Call Nguyễn about Überlingen');
    await note('Русский', 'Купить краску для забора');
    expect(await titles('fence paint')).toEqual(['Moving']);
    expect(await titles('Haus Karton')).toEqual(['Umzug']);
    expect(await titles('nguyễn')).toEqual(['Names']);
    expect(await titles('краску')).toEqual(['Русский']);
  });

  it('finds what has only some words of a question, after what has all of them', async () => {
    await note('Color', 'The fence needs a color');
    await note('Fence', 'fence fence fence fence fence');
    await note('The', 'What is the of is the what');
    expect(await titles('What is the color of the fence?')).toEqual(['Color', 'Fence']);
  });

  it('keeps a phrase whole and leaves out what was excluded, wherever in the text it stands', async () => {
    await note('Room', 'the reading room is full');
    await note('Apart', 'a room for reading');
    await note('Long', `reading room ${'x '.repeat(30_000)} forbidden`);
    expect((await titles('"reading room"')).sort()).toEqual(['Long', 'Room']);
    expect(await titles('"reading room" -forbidden')).toEqual(['Room']);
  });

  it.each(['', '   ', '"', '!&|():*', '-', '-fence', "'; drop table notes; --", '🙂', '"" ""'])(
    'takes %j as a query like any other',
    async (query) => {
      await note('Fence', 'A fence');
      expect(await titles(query)).toEqual([]);
    },
  );

  it('keeps a query of nothing but stop words', async () => {
    await note('Band', 'The Who');
    expect(await titles('the who')).toEqual(['Band']);
  });

  it('searches every kind and every field of it, and by project', async () => {
    const marks = await database().asUser(ada(), async (tx) => {
      const project_id = await newProject(tx, ada());
      const owned = { user_id: ada(), project_id };
      await tx
        .updateTable('projects')
        .set({ description: 'w1', context: 'w2', executive_summary: 'w3' })
        .where('id', '=', project_id)
        .execute();
      await tx
        .insertInto('tasks')
        .values({ ...owned, title: 'w4', description: 'w5', details: 'w6', task_steps: 'w7' })
        .execute();
      await tx
        .insertInto('brain_dumps')
        .values({ ...owned, title: 'w8', content: 'w9', ai_summary: 'w10' })
        .execute();
      await tx
        .insertInto('notes')
        .values({ ...owned, title: 'w11', content: 'w12' })
        .execute();
      const file = { name: 'w13.txt', mime_type: 'text/plain', size_bytes: 1, sha256: '0'.repeat(64), text: 'w14' };
      await tx
        .insertInto('files')
        .values({ ...owned, ...file })
        .execute();
      return project_id;
    });
    const kinds: string[] = [];
    for (let word = 1; word <= 14; word += 1) {
      const hits = await find(word === 13 ? 'w13.txt' : `w${word}`, { projectId: marks });
      kinds.push(...hits.map(({ kind, projectId }) => (projectId === marks ? kind : 'elsewhere')));
      expect(`${hits[0]?.title}\n${hits[0]?.excerpt}`).toContain(`w${word}`);
    }
    const expected = [...Array(3).fill('project'), ...Array(4).fill('task'), ...Array(3).fill('brain_dump')];
    expect(kinds).toEqual([...expected, 'note', 'note', 'file', 'file']);
    expect(await find('w4', { kinds: ['note', 'file'] })).toEqual([]);
    await database().asUser(ada(), (tx) => tx.deleteFrom('projects').execute());
    expect(await find('w12', { projectId: marks })).toEqual([]);
    expect((await find('w12')).map(({ projectId }) => projectId)).toEqual([null]);
  });
});
