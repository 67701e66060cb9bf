import { beforeEach, describe, expect, it } from 'vitest';
import { gatherFor } from '../../../activities/support/gather-for.ts';
import { findSources } from '../../../activities/support/sources/find-sources.ts';
import type { SourceExcerpt, SourceSearch } from '../../../src/contract/facts/source-facts.ts';
import { backends } from '../support/backends.ts';
import { newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';

describe.each(backends)('what a call searches for on $name', ({ start }) => {
  let world: World;
  const database = useDatabase(start);
  beforeEach(async () => {
    world = await newWorld(database());
  });

  async function note(title: string, content: string, of: World = world): Promise<string> {
    const values = { user_id: of.userId, title, content };
    const row = await database().asService(
      async (tx) => await tx.insertInto('notes').values(values).returning('id').executeTakeFirstOrThrow(),
    );
    return row.id;
  }

  async function find(search: SourceSearch): Promise<readonly SourceExcerpt[]> {
    const { userId } = world;
    return await database().asService(async (tx) => await findSources(tx, { userId, search }));
  }

  it('is found by any of its queries, the best first and each once', async () => {
    const fence = await note('Fence', 'Paint the garden fence green.');
    const pond = await note('Pond', 'The pond in the garden needs water.');
    const found = await find({ queries: ['garden fence', 'paint fence', 'garden'] });
    expect(found.map(({ id }) => id)).toEqual([fence, pond]);
    expect(found[0]).toMatchObject({ text: 'Fence\n\nPaint the garden fence green.', start: 0, cut: false });
    expect((await find({ queries: ['garden'], limit: 1 })).length).toBe(1);
    expect(await find({ queries: ['garden'], kinds: ['file'] })).toEqual([]);
  });

  it('is read in the stretches of a long text that say most of what is asked', async () => {
    const filler = Array.from({ length: 400 }, (_none, line) => `Line ${line} tells of this and that.`).join('\n');
    const id = await note('Diary', `${filler}\nThe walnut tree was struck by lightning.\n${filler}`);
    const found = await find({ queries: ['walnut lightning'] });
    expect(found.map(({ text }) => text).join()).toContain('The walnut tree was struck by lightning.');
    expect(found.every((each) => each.cut && each.text.length < 7_000)).toBe(true);
    const [whole] = await find({ queries: [], read: [{ kind: 'note', id }] });
    for (const { text, start: from } of found) expect(whole?.text.slice(from, from + text.length)).toBe(text);
    expect(new Set([...found, whole].map((each) => each?.sha256)).size).toBe(1);
  });

  it('is read anew where it is named, and left out where it is gone or somebody else’s', async () => {
    const id = await note('Roof', 'The roof leaks.');
    const stranger = await newWorld(database());
    const others = await note('Secret', 'The safe is behind the roof.', stranger);
    const gone = '01a21523-23eb-74cf-9168-9210a1762864';
    const read = [gone, others, id].map((each) => ({ kind: 'note', id: each }) as const);
    expect((await find({ queries: ['roof'], read })).map((each) => each.id)).toEqual([id, id]);
    const [stretch] = await find({ queries: [], read: [{ kind: 'note', id, start: 6, end: 14 }] });
    expect(stretch).toMatchObject({ text: 'The roof', start: 6, cut: true });
  });

  it('comes from the other facts, and stands in the facts that the code is given', async () => {
    const id = await note('Walnut', 'The walnut is old.');
    const { deps, run } = world;
    const needs = {
      facts: [],
      search: ({ input }: { input: object }) => ({ queries: [JSON.stringify(input), 'walnut'] }),
    };
    const facts = await database().asService(async (tx) => await gatherFor(tx, { deps, run, needs, params: {} }));
    expect(facts.found.map((each) => each.id)).toEqual([id]);
    const without = { facts: [], search: () => null };
    const none = await database().asService(
      async (tx) => await gatherFor(tx, { deps, run, needs: without, params: {} }),
    );
    expect(none.found).toEqual([]);
  });
});
