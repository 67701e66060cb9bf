import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { abandonIdempotent, beginIdempotent, finishIdempotent } from '../../src/db/idempotency.ts';
import { readUsage } from '../../src/db/usage.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newRun, newUser } from './support/rows.ts';

describe.each(backends)('idempotency keys and usage on $name', ({ start }) => {
  let test: TestDatabase;
  let userId: string;
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    userId = await newUser(test.database);
  });
  afterAll(() => test.stop());

  const begin = { key: 'k1', method: 'POST', path: '/api/runs', requestHash: 'h' };

  it('answer a repeated request with the first answer, and refuse another one under its key', async () => {
    const start = () => test.database.asUser(userId, (tx) => beginIdempotent(tx, { userId, ...begin }));
    expect(await start()).toEqual({ kind: 'new' });
    await expect(start()).rejects.toMatchObject({ code: 'conflict' });
    await test.database.asUser(userId, (tx) =>
      finishIdempotent(tx, { userId, key: 'k1', status: 201, response: { id: 'r' } }),
    );
    expect(await start()).toEqual({ kind: 'done', status: 201, response: { id: 'r' } });
    await expect(
      test.database.asUser(userId, (tx) => beginIdempotent(tx, { userId, ...begin, requestHash: 'x' })),
    ).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });

  it('free the key of a request that failed or died', async () => {
    const start = () => test.database.asUser(userId, (tx) => beginIdempotent(tx, { userId, ...begin }));
    await start();
    await test.database.asUser(userId, (tx) => abandonIdempotent(tx, { userId, key: 'k1' }));
    expect(await start()).toEqual({ kind: 'new' });
    await test.database.asService((tx) =>
      sql`update idempotency_keys set created_at = now() - interval '2 minutes' where user_id = ${userId}`.execute(tx),
    );
    expect(await start()).toEqual({ kind: 'new' });
    await expect(start()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('work on a request once when it is sent twice at the same time', async () => {
    const answer = () =>
      test.database.asUser(userId, async (tx) => {
        const started = await beginIdempotent(tx, { userId, ...begin });
        if (started.kind === 'new') await finishIdempotent(tx, { userId, key: 'k1', status: 201, response: 'made' });
        return started.kind;
      });
    expect((await Promise.all([answer(), answer(), answer()])).sort()).toEqual(['done', 'done', 'new']);
  });

  it('sum usage by group and count unknown costs apart', async () => {
    const runId = await test.database.asService((tx) => newRun(tx, userId));
    const call = {
      user_id: userId,
      operation_type: 'plan',
      model_requested: 'm',
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
    };
    await test.database.asService(async (tx) => {
      await tx
        .insertInto('llm_usage_logs')
        .values({
          ...call,
          run_id: runId,
          model_used: 'a',
          total_cost_usd: 0.1,
          status: 'success',
          created_at: '2026-03-01T23:59:59.999Z',
        })
        .execute();
      await tx
        .insertInto('llm_usage_logs')
        .values({
          ...call,
          run_id: runId,
          model_used: 'a',
          total_cost_usd: 0.2,
          cached: true,
          status: 'success',
          created_at: '2026-03-02T00:00:00Z',
        })
        .execute();
      await tx
        .insertInto('llm_usage_logs')
        .values({
          ...call,
          model_used: 'b',
          total_cost_usd: null,
          status: 'timeout',
          created_at: '2026-03-02T12:00:00Z',
        })
        .execute();
    });
    const read = (by: 'day' | 'model' | 'type' | 'run', from: string | null = null) =>
      test.database.asUser(userId, (tx) =>
        readUsage(tx, { by, from, to: null, runId: null, type: null, projectId: null }),
      );
    expect(await read('model')).toEqual([
      {
        group: 'a',
        calls: 2,
        cachedCalls: 1,
        failedCalls: 0,
        promptTokens: 20,
        completionTokens: 10,
        costUsd: 0.3,
        unknownCostCalls: 0,
      },
      {
        group: 'b',
        calls: 1,
        cachedCalls: 0,
        failedCalls: 1,
        promptTokens: 10,
        completionTokens: 5,
        costUsd: 0,
        unknownCostCalls: 1,
      },
    ]);
    expect((await read('day')).map((row) => [row.group, row.calls])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 2],
    ]);
    expect((await read('type')).map((row) => row.group)).toEqual(['', 'project_planning']);
    expect((await read('run', '2026-03-02T00:00:00Z')).map((row) => [row.group, row.calls])).toEqual([
      ['', 1],
      [runId, 1],
    ]);
  });
});
