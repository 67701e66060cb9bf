import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { applyMigrations } from '../../../src/db/migrate.ts';
import { migrationScripts } from '../../../src/db/migrations/list.ts';
import { readSource, searchSources } from '../../../src/db/search.ts';
import { backends, startTimeoutMs } from '../support/backends.ts';
import { newUser } from '../support/rows.ts';
import { useSearch } from './setup.ts';

describe.each(backends)('the search index on $name', ({ start }) => {
  const { database, ada, note, find, titles } = useSearch(start);

  it('follows changes, and forgets what was deleted', async () => {
    const id = await note('Before', 'old words');
    await database().asUser(ada(), (tx) =>
      tx.updateTable('notes').set({ title: 'After', content: 'new terms' }).where('id', '=', id).execute(),
    );
    expect([await titles('old'), await titles('terms')]).toEqual([[], ['After']]);
    await database().asUser(ada(), (tx) => tx.deleteFrom('notes').execute());
    const task = { user_id: ada(), title: 'Gone soon' };
    await database().asUser(ada(), (tx) => tx.insertInto('tasks').values(task).execute());
    expect(await titles('soon')).toEqual(['Gone soon']);
    await database().asUser(ada(), (tx) => tx.updateTable('tasks').set({ deleted_at: new Date() }).execute());
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
    const bob = await newUser(database());
    const id = await note('Secret', 'of Bob', bob);
    expect(await find('secret')).toEqual([]);
    expect(await find('secret', { userId: bob })).toEqual([]);
    const read = database().asUser(ada(), (tx) => readSource(tx, { userId: bob, kind: 'note', id }));
    await expect(read).rejects.toMatchObject({ code: 'not_found' });
    const asService = (userId: string) =>
      database().asService((tx) => searchSources(tx, { userId, query: 'secret', limit: 5 }));
    expect([(await asService(bob)).length, (await asService(ada())).length]).toEqual([1, 0]);
    const asOwner = sql`select * from steward_match(${bob}::uuid, 'secret', null, null, 5)`.execute(database().owner);
    expect((await asOwner).rows).toEqual([]);
  });

  it('reads the whole text exactly as stored, with its hash', async () => {
    const content = ' \tTabs, "quotes", \\n, ünïcödé 🙂 \r\n\r\n and   spaces ';
    const id = await note('Exact', content);
    const source = await database().asUser(ada(), (tx) => readSource(tx, { userId: ada(), kind: 'note', id }));
    const text = `Exact\n\n${content}`;
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(source).toMatchObject({ kind: 'note', id, title: 'Exact', text, sha256, projectId: null });
  });

  it('uses the index: the plan names it, and searching as a user scans it', async () => {
    await database().asUser(ada(), (tx) =>
      sql`insert into notes (user_id, title, content)
        select ${ada()}, 'Filler ' || n, 'words such as w' || n from generate_series(1, 3000) n`.execute(tx),
    );
    await sql`vacuum analyze search_parts`.execute(database().owner);
    const plan = await database().asService((tx) =>
      sql<Record<string, string>>`explain select * from search_parts s
        where s.document @@ steward_web_query('w1234') and s.user_id = ${ada()}`.execute(tx),
    );
    expect(JSON.stringify(plan.rows)).toContain('idx_search_parts_document');
    const scans = async (): Promise<number> => {
      const { rows } = await sql<{ scans: number }>`
        select idx_scan as scans from pg_stat_user_indexes where indexrelname = 'idx_search_parts_document'`.execute(
        database().owner,
      );
      return rows[0]?.scans ?? 0;
    };
    const before = await scans();
    expect((await find('w1234')).map(({ title }) => title)).toEqual(['Filler 1234']);
    await sql`select pg_stat_force_next_flush()`.execute(database().owner);
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
        expect(hits.map(({ kind, title }) => `${kind} ${title}`).sort()).toEqual([
          'project Green garden',
          'task Paint the fence',
        ]);
      } finally {
        await test.stop();
      }
    },
    startTimeoutMs,
  );
});
