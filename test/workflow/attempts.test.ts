import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { startOwnTemporal } from '../support/own-temporal.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { eventTypes, startRun, until, untilEnded, untilStatus } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';

const price = { input: 1, output: 1 };
const nonsense = { kind: 'content', content: 'Not today.' } as const;

let steward: TestSteward;
beforeAll(async () => {
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress'), price, attemptBaseMs: 1_500 });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

// As the prompt's section reads in the request's JSON, less the backslashes of its escapes.
function isTurn(body: string, turn: number): boolean {
  return body.replaceAll('\\', '').includes(`"turn">n${turn}n<`);
}

/** Lets calls of one turn fail until `heal` is called; counts the calls by turn. */
function failingTurn(on: TestSteward, turn: number): { readonly heal: () => void; readonly asked: () => number } {
  let ill = true;
  let others = 0;
  on.proxy.setFaults((call) => {
    if (isTurn(call.body, turn)) return ill ? nonsense : { kind: 'pass' };
    others += 1;
    return { kind: 'pass' };
  });
  return {
    heal: () => {
      ill = false;
    },
    asked: () => others,
  };
}

async function untilRetrying(on: TestSteward, runId: string, attempt = 2): Promise<void> {
  await until(`attempt ${attempt} is planned`, async () => {
    const run = await on.api.getRun({ runId });
    return run.attempt === attempt && run.waitingOn?.kind === 'timer' ? true : null;
  });
}

const threeCalls = { type: 'probe', input: { script: 'calls', calls: 3 } };

describe('a run with attempts left', () => {
  test('waits after a fault, says why, and goes on where it was without doing or paying anything twice', async () => {
    const { heal, asked } = failingTurn(steward, 2);
    const runId = await startRun(steward, { ...threeCalls, maxAttempts: 3 });
    await untilRetrying(steward, runId);
    const waiting = await steward.api.getRun({ runId });
    expect(waiting).toMatchObject({ status: 'waiting', attempt: 2, maxAttempts: 3, error: { code: 'model_failed' } });
    expect(Date.parse(waiting.waitingOn?.deadline ?? '')).toBeGreaterThan(Date.parse(waiting.waitingOn?.since ?? ''));
    heal();
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', error: null, maxAttempts: 3 });
    expect(run.steps.map((step) => `${step.slot ?? ''} ${step.status}`).slice(0, 2)).toEqual([
      't1 completed',
      't2 failed',
    ]);
    expect(run.steps.slice(-2).map((step) => `${step.slot ?? ''} ${step.status}`)).toEqual([
      't2 completed',
      't3 completed',
    ]);
    expect(asked()).toBe(2);
    expect(await eventTypes(steward, runId)).toContain('run.retrying');
    await expectSound(steward, runId);
  });

  test('finishes what goes on beside the fault, and keeps it', async () => {
    const { heal, asked } = failingTurn(steward, 2);
    const input = { script: 'calls', calls: 5, parallel: true };
    const runId = await startRun(steward, { type: 'probe', input, maxAttempts: 2 });
    await untilRetrying(steward, runId);
    heal();
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', attempt: 2 });
    expect(run.steps.map((step) => step.status).filter((status) => status === 'failed')).toHaveLength(1);
    expect(asked()).toBe(4);
    await expectSound(steward, runId);
  });

  test('fails when the last attempt does', async () => {
    failingTurn(steward, 1);
    const runId = await startRun(steward, { ...threeCalls, maxAttempts: 2 });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'failed', attempt: 2, error: { code: 'model_failed' } });
    expect(run.steps.map((step) => step.status)).toEqual(['failed', 'failed']);
    await expectSound(steward, runId);
  });

  test('fails at once where another try cures nothing', async () => {
    const budget = { maxCostUsd: 0, onExhausted: 'abort' } as const;
    const runId = await startRun(steward, { ...threeCalls, maxAttempts: 5, budget });
    expect(await untilEnded(steward, runId)).toMatchObject({
      status: 'failed',
      attempt: 1,
      error: { code: 'budget_exceeded' },
    });
  });

  test('takes its number of attempts from the temporal CLI, and refuses a wrong one', async () => {
    const { heal } = failingTurn(steward, 1);
    const runId = '01a1fdbc-0522-761d-9caf-d1bebf73e2ee';
    const { workflow } = steward.client;
    const start = { workflowId: `run-${runId}`, taskQueue: 'steward-runs' };
    await workflow.start('probe', { ...start, args: [{ input: threeCalls.input, maxAttempts: 2 }] });
    await untilRetrying(steward, runId);
    heal();
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', maxAttempts: 2 });
    const wrong = workflow.execute('probe', { ...start, workflowId: 'eleven', args: [{ maxAttempts: 11 }] });
    await expect(wrong).rejects.toMatchObject({ cause: { type: 'invalid_input' } });
  });
});

describe('a run that waits for its next attempt', () => {
  async function waitingRun(): Promise<{ readonly runId: string; readonly heal: () => void }> {
    const { heal } = failingTurn(steward, 2);
    const runId = await startRun(steward, { ...threeCalls, maxAttempts: 2 });
    await untilRetrying(steward, runId);
    return { runId, heal };
  }

  test('stays paused beyond its time, and goes on when it is resumed', async () => {
    const { runId, heal } = await waitingRun();
    heal();
    await steward.api.pauseRun({ runId });
    const paused = await untilStatus(steward, runId, 'paused');
    const dueMs = Date.parse(paused.waitingOn?.deadline ?? '');
    await until('the time has passed', async () => await Promise.resolve(Date.now() > dueMs + 300 ? true : null));
    expect((await steward.api.getRun({ runId })).steps).toHaveLength(2);
    await steward.api.resumeRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    await expectSound(steward, runId);
  });

  test('is stopped', async () => {
    const { runId } = await waitingRun();
    await steward.api.stopRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled', outcome: 'stopped' });
    await expectSound(steward, runId);
  });

  test('is cancelled', async () => {
    const { runId } = await waitingRun();
    await steward.api.cancelRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
    await expectSound(steward, runId);
  });
});

test('a run keeps its attempts when it continues as new', async () => {
  const temporal = await startOwnTemporal({ 'limit.historyCount.suggestContinueAsNew': 12 });
  const own = await startProbeSteward({ temporalAddress: temporal.address, price, attemptBaseMs: 500 });
  try {
    const { heal, asked } = failingTurn(own, 4);
    const input = { script: 'calls', calls: 6 };
    const runId = await startRun(own, { type: 'probe', input, maxAttempts: 2 });
    await untilRetrying(own, runId);
    heal();
    const run = await untilEnded(own, runId);
    expect(run).toMatchObject({ status: 'completed', attempt: 2 });
    expect(asked()).toBe(5);
    await expectSound(own, runId);
  } finally {
    await own.stop();
    await temporal.stop();
  }
});
