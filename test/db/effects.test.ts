import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimEffect, finishEffect } from '../../src/db/effects.ts';
import type { ClaimEffect, EffectClaim, FinishEffect } from '../../src/db/effects.ts';
import { backends, startTimeoutMs } from './support/backends.ts';
import type { TestDatabase } from './support/backends.ts';
import { newRun, newUser } from './support/rows.ts';

describe.each(backends)('the effect ledger on $name', ({ start }) => {
  let test: TestDatabase;
  let claim: ClaimEffect;
  const take = (changes: Partial<ClaimEffect> = {}): Promise<EffectClaim> =>
    test.database.asService((tx) => claimEffect(tx, { ...claim, ...changes }));
  const finish = (params: Omit<FinishEffect, 'key'>): Promise<void> =>
    test.database.asService((tx) => finishEffect(tx, { key: claim.key, ...params }));

  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    const userId = await newUser(test.database);
    const runId = await test.database.asService((tx) => newRun(tx, userId));
    claim = { key: randomUUID(), runId, userId, stepNumber: 1, name: 'apply', requestHash: 'h', attempt: 1 };
  });
  afterAll(() => test.stop());

  it('gives the stored result to every later claim', async () => {
    expect(await take()).toEqual({ kind: 'claimed', previous: 'none' });
    await finish({ attempt: 1, status: 'done', result: ['a', 1] });
    expect(await take({ attempt: 2 })).toEqual({ kind: 'done', result: ['a', 1] });
    expect(await take()).toEqual({ kind: 'done', result: ['a', 1] });
  });

  it('says that an earlier attempt may have acted', async () => {
    await take();
    expect(await take({ attempt: 2 })).toEqual({ kind: 'claimed', previous: 'started' });
    await finish({ attempt: 2, status: 'failed', error: { message: 'no' } });
    expect(await take({ attempt: 3 })).toEqual({ kind: 'claimed', previous: 'failed' });
  });

  it('fences an attempt that a later one has overtaken', async () => {
    await take();
    await take({ attempt: 2 });
    await expect(take({ attempt: 1 })).rejects.toMatchObject({ code: 'stale_attempt' });
    await expect(finish({ attempt: 1, status: 'done', result: 1 })).rejects.toMatchObject({ code: 'stale_attempt' });
    await finish({ attempt: 2, status: 'done', result: 2 });
    await expect(finish({ attempt: 2, status: 'failed' })).rejects.toMatchObject({ code: 'stale_attempt' });
    expect(await take()).toEqual({ kind: 'done', result: 2 });
  });

  it('refuses another request under the same key', async () => {
    await take();
    await expect(take({ requestHash: 'other', attempt: 2 })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('does not try again what nobody knows the outcome of', async () => {
    await take();
    await finish({ attempt: 1, status: 'unknown' });
    await expect(take({ attempt: 2 })).rejects.toMatchObject({ code: 'unknown_outcome' });
  });

  it('lets one of many claims at once act, when claim, effect and finish are one transaction', async () => {
    let acted = 0;
    const tries = Array.from({ length: 8 }, (_, index) =>
      test.database.asService(async (tx) => {
        const claimed = await claimEffect(tx, { ...claim, attempt: index + 1 });
        if (claimed.kind === 'done') return claimed.result;
        acted += 1;
        await finishEffect(tx, { key: claim.key, attempt: index + 1, status: 'done', result: index });
        return index;
      }),
    );
    const results = await Promise.all(tries);
    expect(acted).toBe(1);
    expect(new Set(results).size).toBe(1);
  });

  it('takes its claim back when the transaction fails', async () => {
    await test.database
      .asService(async (tx) => {
        await claimEffect(tx, claim);
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await take()).toEqual({ kind: 'claimed', previous: 'none' });
  });
});
