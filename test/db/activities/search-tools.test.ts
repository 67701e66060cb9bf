import { beforeEach, describe, expect, it } from 'vitest';
import { readSource } from '../../../activities/tools/definitions/read/read-source.ts';
import { searchNotes } from '../../../activities/tools/definitions/read/search-notes.ts';
import { searchRecords } from '../../../activities/tools/definitions/read/search-records.ts';
import type { Tool } from '../../../activities/tools/tool.ts';
import { everySource } from '../../../src/contract/facts/source-facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import { backends } from '../support/backends.ts';
import { newProject } from '../support/rows.ts';
import { newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';

describe.each(backends)('search for agents on $name', ({ start }) => {
  let world: World;
  const database = useDatabase(start);
  beforeEach(async () => {
    world = await newWorld(database());
  });

  async function use(tool: Tool, args: Json): Promise<Json> {
    const prepared = tool.prepare(args);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const context = {
      userId: world.userId,
      runId: world.run.runId,
      now: new Date(),
      key: 'k',
      loop: { run: world.run, loop: 'l' },
      scope: everySource,
    };
    return await database().asService(async (tx) => await prepared.run({ tx, ...context }));
  }

  it('finds records of every kind by words, and reads one piece by piece', async () => {
    const content = `${'The fence is green. '.repeat(1_000)}The end.`;
    const id = await database().asService(async (tx) => {
      await newProject(tx, world.userId);
      const values = { user_id: world.userId, title: 'Fence', content };
      return (await tx.insertInto('notes').values(values).returning('id').executeTakeFirstOrThrow()).id;
    });
    expect(await use(searchRecords, { query: 'garden fences' })).toEqual([
      expect.objectContaining({ kind: expect.stringMatching(/note|project/) }),
      expect.objectContaining({ kind: expect.stringMatching(/note|project/) }),
    ]);
    const first = await use(readSource, { kind: 'note', id });
    expect(first).toMatchObject({ offset: 0, next: 15_000, length: content.length + 7 });
    const rest = await use(readSource, { kind: 'note', id, offset: 15_000 });
    const texts = [first, rest].map((part) => (part as { readonly text: string }).text);
    expect([texts.join(''), rest]).toEqual([`Fence\n\n${content}`, expect.objectContaining({ next: null })]);
  });

  it('shows and reads nothing of somebody else', async () => {
    const stranger = await newWorld(database());
    const id = await database().asService(async (tx) => await newProject(tx, stranger.userId));
    expect([await use(searchRecords, { query: 'garden' }), await use(searchNotes, { text: 'garden' })]).toEqual([
      [],
      [],
    ]);
    await expect(use(readSource, { kind: 'project', id })).rejects.toMatchObject({ code: 'not_found' });
  });
});
