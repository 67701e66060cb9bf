import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  appendEvents,
  currentEventCursor,
  eventChannel,
  readEvents,
  readUserEvents,
} from '../../src/db/runs/run-events.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newRun, newUser } from './support/rows.ts';

describe.each(backends)('run events on $name', ({ name, start }) => {
  let test: TestDatabase;
  let user: string;
  let runId: string;
  const event = (changeKey: string) => ({ changeKey, type: 'log', data: { key: changeKey } });
  const append = (...keys: string[]): Promise<{ seq: number }[]> =>
    test.database.asService((tx) => appendEvents(tx, { runId, events: keys.map(event) }));

  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    user = await newUser(test.database);
    runId = await test.database.asService((tx) => newRun(tx, user));
  });
  afterAll(() => test.stop());

  it('are numbered from one, once by key', async () => {
    expect(await append('a', 'b')).toEqual([{ seq: 1 }, { seq: 2 }]);
    expect(await append('b', 'c', 'c', 'a')).toEqual([{ seq: 2 }, { seq: 3 }, { seq: 3 }, { seq: 1 }]);
    const events = await test.database.asUser(user, (tx) => readEvents(tx, { runId, afterSeq: 1, limit: 10 }));
    expect(events).toMatchObject([
      { seq: 2, data: { key: 'b' } },
      { seq: 3, data: { key: 'c' } },
    ]);
  });

  it('have no gaps when many transactions append at once and some roll back', async () => {
    const appends = Array.from({ length: 20 }, async (_, index) =>
      test.database.asService(async (tx) => {
        await appendEvents(tx, { runId, events: [event(`k${String(index)}`), event('shared')] });
        if (index % 4 === 0) throw new Error('changed my mind');
      }),
    );
    await Promise.allSettled(appends);
    const events = await test.database.asService((tx) => readEvents(tx, { runId, afterSeq: 0, limit: 100 }));
    expect(events.map((one) => one.seq)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  it('are refused for a run that is not there or is not the user’s', async () => {
    const other = await newUser(test.database);
    await expect(
      test.database.asUser(other, (tx) => appendEvents(tx, { runId, events: [event('x')] })),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      test.database.asService((tx) => appendEvents(tx, { runId, userId: other, events: [event('x')] })),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are announced at commit and not before, and not when rolled back', async () => {
    const heard: unknown[] = [];
    const stop = await test.database.listen(eventChannel, (payload) => heard.push(JSON.parse(payload)));
    await test.database
      .asService(async (tx) => {
        await appendEvents(tx, { runId, events: [event('gone')] });
        throw new Error('no');
      })
      .catch(() => undefined);
    await append('a', 'b');
    await vi.waitFor(() => expect(heard).toEqual([{ runId, userId: user, seq: 2 }]), { timeout: 10_000 });
    await stop();
  });

  it('of all runs of a user are read in pages, each once', async () => {
    const second = await test.database.asService((tx) => newRun(tx, user));
    await append('a', 'b', 'c');
    await test.database.asService((tx) => appendEvents(tx, { runId: second, events: [event('d')] }));
    const seen: string[] = [];
    let after: string | null = null;
    const read = (from: string | null) =>
      test.database.asUser(user, (tx) => readUserEvents(tx, { after: from, limit: 3 }));
    for (let page = await read(null); page.length > 0; page = await read(after)) {
      seen.push(...page.map((one) => `${String(one.seq)}${JSON.stringify(one.data['key'])}`));
      after = page.at(-1)?.cursor ?? null;
    }
    expect(seen).toEqual(['1"a"', '2"b"', '3"c"', '1"d"']);
    await expect(
      test.database.asUser(user, (tx) => readUserEvents(tx, { after: '1;drop', limit: 1 })),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('start from now with the current cursor', async () => {
    await append('old');
    const after = await test.database.asUser(user, (tx) => currentEventCursor(tx));
    await append('new');
    expect(await test.database.asUser(user, (tx) => readUserEvents(tx, { after, limit: 10 }))).toMatchObject([
      { data: { key: 'new' } },
    ]);
  });

  // The embedded database has one transaction at a time.
  it.runIf(name === 'Postgres')('of a transaction that commits late are not passed by', async () => {
    const second = await test.database.asService((tx) => newRun(tx, user));
    const read = (after: string | null) => test.other.asUser(user, (tx) => readUserEvents(tx, { after, limit: 10 }));
    await test.database.asService(async (tx) => {
      await appendEvents(tx, { runId, events: [event('early')] });
      await test.other.asService((late) => appendEvents(late, { runId: second, events: [event('late')] }));
      expect(await read(null)).toEqual([]);
    });
    expect((await read(null)).map((one) => one.data['key'])).toEqual(['early', 'late']);
  });
});
