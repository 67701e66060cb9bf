import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findUserContext, saveUserContext } from '../../src/db/records/user-context.ts';
import { createToken, listTokens, revokeToken, verifyToken } from '../../src/db/tokens.ts';
import { ensureLocalUser } from '../../src/db/users.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newUser } from './support/rows.ts';

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
