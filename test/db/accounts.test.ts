import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { abandonIdempotent, beginIdempotent, finishIdempotent } from '../../src/db/idempotency.ts';
import { findUserContext, saveUserContext } from '../../src/db/records/user-context.ts';
import { createToken, listTokens, revokeToken, verifyToken } from '../../src/db/tokens.ts';
import { readUsage } from '../../src/db/usage.ts';
import { ensureLocalUser } from '../../src/db/users.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newRun, newUser } from './support/rows.ts';

describe.each(backends)('accounts on $name', ({ start }) => {
  let test: TestDatabase;
  let userId: string;
  const now = new Date();
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    userId = await newUser(test.database);
  });
  afterAll(() => test.stop());

  const create = (expiresAt: string | null = null) =>
    test.database.asUser(userId, (tx) =>
      createToken(tx, { userId, name: 'cli', scopes: ['runs', 'records'], expiresAt }),
    );
  const verify = (token: string) => test.database.asService((tx) => verifyToken(tx, { token, now }));

  it('verify a token and keep only its hash', async () => {
    const { token, view } = await create();
    expect(token).toMatch(/^stw_[\w-]{43}$/);
    expect(await verify(token)).toEqual({ tokenId: view.id, userId, scopes: ['runs', 'records'] });
    const rows = await test.database.asService((tx) =>
      tx.selectFrom('api_tokens').selectAll().where('id', '=', view.id).execute(),
    );
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('refuse a token that is changed, unknown, expired or revoked', async () => {
    const { token, view } = await create();
    const flipped = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    expect(await verify(flipped)).toBeNull();
    expect(await verify('stw_')).toBeNull();
    expect(await verify((await create(new Date(now.getTime() - 1).toISOString())).token)).toBeNull();
    await test.database.asUser(userId, (tx) => revokeToken(tx, { userId, id: view.id }));
    expect(await verify(token)).toBeNull();
    const other = await newUser(test.database);
    await expect(
      test.database.asUser(other, (tx) => revokeToken(tx, { userId: other, id: view.id })),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('note the use of a token at most once a minute', async () => {
    const { token } = await create();
    const lastUse = async () => (await test.database.asUser(userId, (tx) => listTokens(tx, { userId })))[0]?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    await verify(token);
    const first = await lastUse();
    expect(first).not.toBeNull();
    await verify(token);
    expect(await lastUse()).toBe(first);
    await test.database.asService((tx) =>
      sql`update api_tokens set last_used_at = now() - interval '2 minutes' where user_id = ${userId}`.execute(tx),
    );
    await verify(token);
    expect(Date.parse(String(await lastUse()))).toBeGreaterThanOrEqual(Date.parse(String(first)));
  });

  it('make the local user once', async () => {
    const twice = await test.database.asService(async (tx) => [
      await ensureLocalUser(tx, { name: 'Ada', timezone: 'Europe/Berlin' }),
      await ensureLocalUser(tx, { name: 'Bob', timezone: 'UTC' }),
    ]);
    expect(twice[1]).toEqual(twice[0]);
  });

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
      test.database.asUser(userId, (tx) => readUsage(tx, { by, from, to: null, runId: null }));
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

  it('keep the fields of the user’s context that a change leaves out', async () => {
    const save = (changes: Parameters<typeof saveUserContext>[1]['changes']) =>
      test.database.asUser(userId, (tx) => saveUserContext(tx, { userId, changes }));
    expect(await test.database.asUser(userId, (tx) => findUserContext(tx, { userId }))).toBeNull();
    await save({ timezone: 'Europe/Berlin', daily_focus_minutes: 240 });
    await save({});
    expect(await save({ work_style: 'mornings' })).toMatchObject({
      timezone: 'Europe/Berlin',
      daily_focus_minutes: 240,
      work_style: 'mornings',
    });
  });
});
