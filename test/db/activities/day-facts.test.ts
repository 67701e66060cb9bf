import { beforeEach, describe, expect, it } from 'vitest';
import { gatherNamed } from '../../../activities/support/facts/gatherers.ts';
import { readPerson } from '../../../activities/support/facts/person.ts';
import type { GatheredFacts } from '../../../src/contract/facts.ts';
import { backends } from '../support/backends.ts';
import { newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';

describe.each(backends)('facts of a day on $name', ({ start }) => {
  let world: World;
  const database = useDatabase(start);
  beforeEach(async () => {
    world = await newWorld(database());
  });

  async function gather(date: string, zone: string): Promise<GatheredFacts> {
    const { userId, runId } = world.run;
    return await database().asService(async (tx) => {
      const person = await readPerson(tx, userId, zone);
      const scope = { tx, userId, runId, projectId: null, taskId: null, input: { date }, now: new Date(), person };
      return await gatherNamed(scope, ['calendarWindow', 'recentNotes', 'userContext']);
    });
  }

  async function addEvent(uid: string, start_at: string, end_at: string): Promise<void> {
    const values = { user_id: world.userId, uid, title: uid, start_at, end_at, source: 'import' } as const;
    await database().asService(async (tx) => await tx.insertInto('calendar_events').values(values).execute());
  }

  it.each([
    { date: '2026-03-29', zone: 'Europe/Berlin', from: '2026-03-28T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' },
    { date: '2026-10-25', zone: 'Europe/Berlin', from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' },
    { date: '2026-10-25', zone: 'America/New_York', from: '2026-10-25T04:00:00.000Z', to: '2026-10-26T04:00:00.000Z' },
  ])('of $date in $zone reach from midnight to midnight there', async ({ date, zone, from, to }) => {
    await addEvent('before', new Date(Date.parse(from) - 7_200_000).toISOString(), from);
    await addEvent('last', new Date(Date.parse(to) - 60_000).toISOString(), to);
    await addEvent('after', to, new Date(Date.parse(to) + 3_600_000).toISOString());
    const { calendarWindow, userContext } = await gather(date, zone);
    expect(calendarWindow).toMatchObject({ from, to });
    expect(calendarWindow?.events.map((event) => event.uid)).toEqual(['last']);
    expect(userContext?.timeZone ?? zone).toBe(zone);
  });

  it('refuse a date that is none, by its field', async () => {
    await expect(gather('2026-02-30', 'UTC')).rejects.toMatchObject({
      code: 'invalid_input',
      details: { problems: [expect.objectContaining({ path: 'date' })] },
    });
  });

  it('name notes of every project, last changed first', async () => {
    for (const title of ['first', 'second']) {
      const values = { user_id: world.userId, title, content: 'x'.repeat(500) };
      await database().asService(async (tx) => await tx.insertInto('notes').values(values).execute());
    }
    const { recentNotes } = await gather('2026-03-02', 'UTC');
    expect(recentNotes.map((note) => [note.title, note.excerpt.length])).toEqual([
      ['second', 301],
      ['first', 301],
    ]);
  });
});
