import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSource, searchSources } from '../../../src/db/search.ts';
import { applyMigrations } from '../../../src/db/migrate.ts';
import { migrationScripts } from '../../../src/db/migrations/list.ts';
import type { SearchHit } from '../../../src/db/search.ts';
import { backends, startTimeoutMs } from '../support/backends.ts';
import type { TestDatabase } from '../support/backends.ts';
import { newProject, newUser } from '../support/rows.ts';

describe.each(backends)('full-text search on $name', ({ start }) => {
  let test: TestDatabase;
  let ada: string;
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  afterAll(() => test.stop());
  beforeEach(async () => {
    ada = await newUser(test.database);
  });

  async function note(title: string, content = '', userId = ada): Promise<string> {
    const values = { user_id: userId, title, content };
    const insert = test.database.asUser(userId, (tx) =>
      tx.insertInto('notes').values(values).returning('id').executeTakeFirstOrThrow(),
    );
    return (await insert).id;
  }
  async function find(query: string, more: Partial<Parameters<typeof searchSources>[1]> = {}): Promise<SearchHit[]> {
    const params = { userId: ada, query, limit: 20, ...more };
    return await test.database.asUser(ada, (tx) => searchSources(tx, params));
  }
  const titles = async (query: string): Promise<string[]> => (await find(query)).map(({ title }) => title);

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
    const marks = await test.database.asUser(ada, async (tx) => {
      const project_id = await newProject(tx, ada);
      const owned = { user_id: ada, project_id };
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
    await test.database.asUser(ada, (tx) => tx.deleteFrom('projects').execute());
    expect(await find('w12', { projectId: marks })).toEqual([]);
    expect((await find('w12')).map(({ projectId }) => projectId)).toEqual([null]);
  });

  it('follows changes, and forgets what was deleted', async () => {
    const id = await note('Before', 'old words');
    await test.database.asUser(ada, (tx) =>
      tx.updateTable('notes').set({ title: 'After', content: 'new terms' }).where('id', '=', id).execute(),
    );
    expect([await titles('old'), await titles('terms')]).toEqual([[], ['After']]);
    await test.database.asUser(ada, (tx) => tx.deleteFrom('notes').execute());
    const task = { user_id: ada, title: 'Gone soon' };
    await test.database.asUser(ada, (tx) => tx.insertInto('tasks').values(task).execute());
    expect(await titles('soon')).toEqual(['Gone soon']);
    await test.database.asUser(ada, (tx) => tx.updateTable('tasks').set({ deleted_at: new Date() }).execute());
    expect([await titles('terms'), await titles('soon')]).toEqual([[], []]);
  });

  it('finds words at the end of a text longer than a tsvector, and shows the place', async () => {
    const long = Array.from({ length: 300_000 }, (_, at) => `слово${at}`).join(' ');
    const id = await note('Long', `${long} needle at the very end`);
    const [hit] = await find('needle');
    expect(hit).toMatchObject({ id, title: 'Long' });
    expect(hit?.excerpt).toContain('needle at the very');
    expect((hit?.excerpt.length ?? 0) < 1_000).toBe(true);
    expect((await find('слово19999')).length + (await find('слово155555')).length).toBe(2);
  });

  it('shows and reads nothing of another user, whoever asks', async () => {
    const bob = await newUser(test.database);
    const id = await note('Secret', 'of Bob', bob);
    expect(await find('secret')).toEqual([]);
    expect(await find('secret', { userId: bob })).toEqual([]);
    const read = test.database.asUser(ada, (tx) => readSource(tx, { userId: bob, kind: 'note', id }));
    await expect(read).rejects.toMatchObject({ code: 'not_found' });
    const asService = (userId: string) =>
      test.database.asService((tx) => searchSources(tx, { userId, query: 'secret', limit: 5 }));
    expect([(await asService(bob)).length, (await asService(ada)).length]).toEqual([1, 0]);
    const asOwner = sql`select * from steward_match(${bob}::uuid, 'secret', null, null, 5)`.execute(
      test.database.owner,
    );
    expect((await asOwner).rows).toEqual([]);
  });

  it('reads the whole text exactly as stored, with its hash', async () => {
    const content = ' \tTabs, "quotes", \\n, ünïcödé 🙂 \r\n\r\n and   spaces ';
    const id = await note('Exact', content);
    const source = await test.database.asUser(ada, (tx) => readSource(tx, { userId: ada, kind: 'note', id }));
    const text = `Exact\n\n${content}`;
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(source).toMatchObject({ kind: 'note', id, title: 'Exact', text, sha256, projectId: null });
  });

  it('uses the index: the plan names it, and searching as a user scans it', async () => {
    await test.database.asUser(ada, (tx) =>
      sql`insert into notes (user_id, title, content)
        select ${ada}, 'Filler ' || n, 'words such as w' || n from generate_series(1, 3000) n`.execute(tx),
    );
    await sql`vacuum analyze search_parts`.execute(test.database.owner);
    const plan = await test.database.asService((tx) =>
      sql<Record<string, string>>`explain select * from search_parts s
        where s.document @@ steward_web_query('w1234') and s.user_id = ${ada}`.execute(tx),
    );
    expect(JSON.stringify(plan.rows)).toContain('idx_search_parts_document');
    const scans = async (): Promise<number> => {
      const { rows } = await sql<{ scans: number }>`
        select idx_scan as scans from pg_stat_user_indexes where indexrelname = 'idx_search_parts_document'`.execute(
        test.database.owner,
      );
      return rows[0]?.scans ?? 0;
    };
    const before = await scans();
    expect((await find('w1234')).map(({ title }) => title)).toEqual(['Filler 1234']);
    await sql`select pg_stat_force_next_flush()`.execute(test.database.owner);
    await expect.poll(scans, { timeout: 10_000 }).toBeGreaterThan(before);
  });
});

describe.each(backends)('the search index on a database with rows, on $name', ({ open }) => {
  it(
    'is filled with what was there before',
    async () => {
      const test = await open();
      try {
        const { database } = test;
        await applyMigrations(database.owner, migrationScripts.slice(0, 6));
        const ada = await newUser(database);
        await database.asUser(ada, async (tx) => {
          const task = { user_id: ada, title: 'Paint the fence', details: 'in green', source: 'manual' as const };
          await tx.insertInto('tasks').values(task).execute();
          await tx
            .insertInto('tasks')
            .values({ ...task, deleted_at: new Date() })
            .execute();
          await tx.insertInto('projects').values({ user_id: ada, name: 'Green garden', source: 'manual' }).execute();
        });
        await applyMigrations(database.owner);
        const hits = await database.asUser(ada, (tx) => searchSources(tx, { userId: ada, query: 'green', limit: 9 }));
        expect(hits.map(({ kind, title }) => [kind, title]).sort()).toEqual([
          ['project', 'Green garden'],
          ['task', 'Paint the fence'],
        ]);
      } finally {
        await test.stop();
      }
    },
    startTimeoutMs,
  );
});
