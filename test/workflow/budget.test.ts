import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { StewardApi } from '../../src/api/steward-api.ts';
import type { RequestView, RunDetail } from '../../src/contract/views.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { expectSound, recordsOf } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';
import { startRun, until, untilAsked, untilEnded, update } from '../support/runs.ts';

let steward: TestSteward;
let api: StewardApi;
beforeAll(async () => {
  // A dollar for a thousand tokens: a call of the probe is held at some 0.3 to 0.5 USD.
  steward = await startProbeSteward({
    temporalAddress: inject('temporalAddress'),
    price: { input: 1_000, output: 1_000 },
    modelTimeoutMs: 1_500,
  });
  api = steward.api;
  sizes = await measure();
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const calls = (
  count: number,
  parallel = false,
): { readonly script: string; readonly calls: number; readonly parallel: boolean } => ({
  script: 'calls',
  calls: count,
  parallel,
});

type Sizes = {
  /** What a call is held at before it is measured. */
  readonly guessUsd: number;
  /** What it is held at while it is made, and what it costs. */
  readonly heldUsd: number;
  readonly costUsd: number;
};
let sizes: Sizes;

async function measure(): Promise<Sizes> {
  const free = await untilEnded(steward, await startProbe(calls(1), { onExhausted: 'ask', maxCostUsd: 1_000 }));
  const poor = await untilEnded(steward, await startProbe(calls(1), { onExhausted: 'abort', maxCostUsd: 0 }));
  const row = await steward.database.asService(
    async (tx) =>
      await tx.selectFrom('llm_usage_logs').selectAll().where('run_id', '=', free.id).executeTakeFirstOrThrow(),
  );
  const { requested } = (poor.error?.details ?? {}) as { readonly requested?: number };
  return { guessUsd: requested ?? 0, heldUsd: row.bound_usd, costUsd: free.totalCostUsd };
}

async function startProbe(input: ReturnType<typeof calls>, budget: StartBudget): Promise<string> {
  return await startRun(steward, { type: 'probe', input, budget });
}
type StartBudget = {
  readonly maxCostUsd?: number;
  readonly maxSteps?: number;
  readonly maxTokens?: number;
  readonly onExhausted: 'ask' | 'abort';
};

async function answer(
  request: RequestView,
  value: { readonly action: string; readonly amount?: number },
): Promise<void> {
  await api.answerRequest({ requestId: request.id, value });
}

function finishedCalls(run: RunDetail): number {
  return run.steps.filter((step) => step.status === 'completed').length;
}

/** A budget for so many calls one after the other, and no more. */
function enoughFor(count: number): number {
  return sizes.guessUsd + sizes.costUsd * (count - 0.5);
}

describe('at the hard line', () => {
  test('a run that may ask is raised and goes on', async () => {
    const runId = await startProbe(calls(4), { maxCostUsd: enoughFor(2), onExhausted: 'ask' });
    const request = await untilAsked(steward, runId, 'budget');
    const asking = await api.getRun({ runId });
    expect(asking.waitingOn).toMatchObject({ kind: 'budget', id: request.id });
    expect(finishedCalls(asking)).toBe(2);
    expect(request.questions.map((question) => question.key)).toEqual(['action', 'amount']);
    await answer(request, { action: 'raise', amount: enoughFor(9) });
    const run = await untilEnded(steward, runId);
    expect(run.status).toBe('completed');
    expect(run.budget?.limits.maxCostUsd).toBeCloseTo(enoughFor(9), 6);
    expect(finishedCalls(run)).toBe(4);
    await expectSound(steward, runId);
  });

  test('a raise that is too small is asked about again, and the suggested one is enough', async () => {
    const runId = await startProbe(calls(2), { maxCostUsd: sizes.guessUsd / 10, onExhausted: 'ask' });
    const first = await untilAsked(steward, runId, 'budget');
    await answer(first, { action: 'raise', amount: sizes.guessUsd / 5 });
    const second = await until('another question', async () => {
      const { items } = await api.listRequests({ runId, open: true });
      return items.find((request) => request.id !== first.id) ?? null;
    });
    await answer(second, { action: 'raise' });
    const third = await until('it ends, or asks for the second call', async () => {
      const run = await api.getRun({ runId });
      if (run.completedAt !== null) return run;
      const open = run.requests.find((request) => request.status === 'open' && request.id !== second.id);
      if (open !== undefined) await answer(open, { action: 'raise' });
      return null;
    });
    expect(finishedCalls(third)).toBe(2);
    await untilEnded(steward, runId);
    await expectSound(steward, runId);
  });

  test('a run is stopped by its person, and keeps what it finished', async () => {
    const runId = await startProbe(calls(9), { maxCostUsd: enoughFor(2), onExhausted: 'ask' });
    await answer(await untilAsked(steward, runId, 'budget'), { action: 'stop' });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'cancelled', outcome: 'stopped' });
    expect(finishedCalls(run)).toBe(2);
    await expectSound(steward, runId);
  });

  test('a run that is narrowed makes do with what is left, and then can only be raised or stopped', async () => {
    const runId = await startProbe(calls(99), { maxCostUsd: enoughFor(2), onExhausted: 'ask' });
    const first = await untilAsked(steward, runId, 'budget');
    await answer(first, { action: 'narrow' });
    const second = await until('the rest is used up', async () => {
      const { items } = await api.listRequests({ runId, open: true });
      return items.find((request) => request.id !== first.id) ?? null;
    });
    expect(second.questions[0]?.options).toEqual(['raise', 'stop']);
    await answer(second, { action: 'stop' });
    const run = await untilEnded(steward, runId);
    expect(finishedCalls(run)).toBeGreaterThan(2);
    expect(run.totalCostUsd).toBeGreaterThan(enoughFor(2) - sizes.heldUsd * 2);
    await expectSound(steward, runId);
  });

  test('a run that waits goes on when the budget is set from outside', async () => {
    const runId = await startProbe(calls(3), { maxCostUsd: enoughFor(1), onExhausted: 'ask' });
    const request = await untilAsked(steward, runId, 'budget');
    await api.setBudget({ runId, maxCostUsd: enoughFor(9) });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    const { items } = await api.listRequests({ runId });
    expect(items).toEqual([expect.objectContaining({ id: request.id, status: 'answered' })]);
    await expectSound(steward, runId);
  });

  test('a run that may not ask fails with what it had, what it held and what it needed', async () => {
    const runId = await startProbe(calls(9), { maxCostUsd: enoughFor(3), onExhausted: 'abort' });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'budget_exceeded', details: { limit: 'maxCostUsd' } },
    });
    expect(finishedCalls(run)).toBe(3);
    await expectSound(steward, runId);
  });
});

describe('other limits', () => {
  test('steps are counted: one more than allowed is asked about', async () => {
    const runId = await startProbe(calls(3), { maxSteps: 2, maxCostUsd: 1_000, onExhausted: 'ask' });
    const request = await untilAsked(steward, runId, 'budget');
    expect(request.questions[0]?.options).toEqual(['raise', 'stop']);
    await answer(request, { action: 'raise', amount: 3 });
    const run = await untilEnded(steward, runId);
    expect(run.status).toBe('completed');
    expect(run.steps).toHaveLength(3);
    await expectSound(steward, runId);
  });

  test('tokens are counted, and a run that may not ask ends before it passes them', async () => {
    // At a thousandth of a dollar a token, the guess is this many.
    const maxTokens = Math.ceil(sizes.guessUsd * 1_000) + 500;
    const runId = await startProbe(calls(99), { maxTokens, maxCostUsd: 1_000, onExhausted: 'abort' });
    const run = await untilEnded(steward, runId);
    expect(run.error).toMatchObject({ code: 'budget_exceeded', details: { limit: 'maxTokens' } });
    expect(run.totalTokens).toBeLessThanOrEqual(maxTokens);
    expect(finishedCalls(run)).toBeGreaterThan(0);
    await expectSound(steward, runId);
  });
});

describe('calls side by side', () => {
  test('wait for each other where the guesses do not fit together, and nobody is asked', async () => {
    const runId = await startProbe(calls(8, true), { maxCostUsd: enoughFor(9), onExhausted: 'abort' });
    const run = await untilEnded(steward, runId);
    expect(run.status).toBe('completed');
    expect(finishedCalls(run)).toBe(8);
    await expectSound(steward, runId);
  });

  test('ask once for all of them, and all of them go on', async () => {
    const runId = await startProbe(calls(8, true), { maxCostUsd: enoughFor(3), onExhausted: 'ask' });
    await answer(await untilAsked(steward, runId, 'budget'), { action: 'raise', amount: sizes.guessUsd * 9 });
    const run = await untilEnded(steward, runId);
    expect(run.status).toBe('completed');
    expect(finishedCalls(run)).toBe(8);
    expect(run.requests).toHaveLength(1);
    await expectSound(steward, runId);
  });

  test('that are stopped together leave nothing open', async () => {
    const runId = await startProbe(calls(8, true), { maxCostUsd: enoughFor(3), onExhausted: 'ask' });
    await answer(await untilAsked(steward, runId, 'budget'), { action: 'stop' });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'cancelled', outcome: 'stopped' });
    expect(finishedCalls(run)).toBe(3);
    await expectSound(steward, runId);
  });

  test.each([
    ['all is well', 'pass'],
    ['answers are cut off', 'cut'],
    ['answers never come', 'hang'],
    ['answers say nothing of their usage', 'without_usage'],
  ] as const)('never pass the hard line when %s', async (_name, kind) => {
    let asked = 0;
    steward.proxy.setFaults(() => {
      asked += 1;
      return asked % 2 === 0 ? { kind } : { kind: 'pass' };
    });
    const maxCostUsd = sizes.guessUsd + sizes.heldUsd * 3;
    const runId = await startProbe(calls(40, true), { maxCostUsd, onExhausted: 'abort' });
    const run = await untilEnded(steward, runId);
    expect(run.error).toMatchObject({ code: 'budget_exceeded' });
    const { spentUsd = 0, unknownUsd = 0 } = run.budget ?? {};
    expect(spentUsd + unknownUsd).toBeGreaterThan(sizes.costUsd);
    expect(unknownUsd > 0).toBe(kind !== 'pass');
    await expectSound(steward, runId);
  });
});

test('a planning run that is out of money fails before it applies anything', async () => {
  const runId = await startRun(steward, {
    options: { autoExecute: true },
    budget: { maxCostUsd: 14, onExhausted: 'abort' },
  });
  const run = await untilEnded(steward, runId);
  expect(run.error).toMatchObject({ code: 'budget_exceeded' });
  expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
  expect(await update(steward, runId, { pause: {} }).catch((error: unknown) => error)).toBeInstanceOf(Error);
  await expectSound(steward, runId);
});
