import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimOutbox, enqueue, finishOutbox, retryOutbox } from '../../src/db/outbox.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newRun, newUser } from './support/rows.ts';

describe.each(backends)('the outbox on $name', ({ name, start }) => {
  let test: TestDatabase;
  const claim = (limit = 100) => test.database.asService((tx) => claimOutbox(tx, { limit, leaseMs: 60_000 }));
  const later = (seconds: number) =>
    test.database.asService((tx) =>
      sql`update outbox set next_attempt_at = next_attempt_at - make_interval(secs => ${seconds})`.execute(tx),
    );
  const fill = (count: number, notBefore?: string): Promise<number[]> =>
    test.database.asService(async (tx) => {
      const userId = await newUserIn();
      const runId = await newRun(tx, userId);
      const ids = [];
      for (let index = 0; index < count; index += 1)
        ids.push(
          await enqueue(tx, {
            runId,
            userId,
            kind: 'start',
            payload: { index },
            ...(notBefore === undefined ? {} : { notBefore }),
          }),
        );
      return ids;
    });
  let user = '';
  const newUserIn = (): Promise<string> => Promise.resolve(user);

  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    await test.database.asService((tx) => tx.deleteFrom('outbox').execute());
    user = await newUser(test.database);
  });
  afterAll(() => test.stop());

  it('hands out due messages in order, hides them while they are worked on, and gives them back', async () => {
    const ids = await fill(3);
    await fill(1, new Date(Date.now() + 3_600_000).toISOString());
    const first = await claim();
    expect(first.map((row) => [row.id, row.attempts])).toEqual(ids.map((id) => [id, 1]));
    expect(first[1]?.payload).toEqual({ index: 1 });
    expect(await claim()).toEqual([]);
    await later(61);
    expect((await claim()).map((row) => row.attempts)).toEqual([2, 2, 2]);
  });

  it('forgets what is done and puts back what failed', async () => {
    const [done = 0, failed = 0] = await fill(2);
    await claim();
    await test.database.asService(async (tx) => {
      await finishOutbox(tx, { id: done });
      await retryOutbox(tx, { id: failed, attempts: 1, error: 'no server' });
    });
    expect(await claim()).toEqual([]);
    await later(1);
    expect(await claim()).toMatchObject([{ id: failed, attempts: 2, last_error: 'no server' }]);
    await later(3_600);
    expect((await claim()).map((row) => row.id)).toEqual([failed]);
  });

  it('gives no message to two dispatchers', async () => {
    const ids = await fill(40);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(7)));
    const taken = claims.flat().map((row) => row.id);
    expect(new Set(taken).size).toBe(taken.length);
    expect([...taken, ...(await claim()).map((row) => row.id)].sort((one, other) => one - other)).toEqual(ids);
  });

  // The embedded database has one transaction at a time.
  it.runIf(name === 'Postgres')('does not wait for messages that another dispatcher is taking', async () => {
    await fill(2);
    await test.database.asService(async (tx) => {
      await claimOutbox(tx, { limit: 1, leaseMs: 60_000 });
      expect(await test.other.asService((other) => claimOutbox(other, { limit: 5, leaseMs: 60_000 }))).toHaveLength(1);
    });
  });
});
