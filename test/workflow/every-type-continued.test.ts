import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isFinished } from '../../src/contract/run.ts';
import type { RunDetail } from '../../src/contract/views.ts';
import { expectDoneOnce } from '../support/applied-once.ts';
import { everyType, makeRecords, settled } from '../support/every-type.ts';
import type { RecordIds } from '../support/every-type.ts';
import { startOwnTemporal } from '../support/own-temporal.ts';
import type { OwnTemporal } from '../support/own-temporal.ts';
import { handleOf, signal, startRun, until, untilEnded, update } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

// Many runs side by side, on a slow machine.
vi.setConfig({ testTimeout: 180_000 });

let temporal: OwnTemporal;
let steward: TestSteward;
let ids: RecordIds;
beforeAll(async () => {
  // So few that a run goes on in a new execution after nearly every step.
  temporal = await startOwnTemporal({ 'limit.historyCount.suggestContinueAsNew': 12 });
  steward = await startSteward({ temporalAddress: temporal.address });
  ids = await makeRecords(steward);
});
afterAll(async () => {
  await steward.stop();
  await temporal.stop();
});

type Started = { readonly type: string; readonly runId: string };

async function startAll(): Promise<readonly Started[]> {
  return await Promise.all(
    everyType(ids).map(async (start) => ({
      type: start.type,
      runId: await startRun(steward, { ...start, options: { requireConfirmation: true } }),
    })),
  );
}

/** Every run has taken a step at least, and has some before it. */
async function untilInTheMiddle(runs: readonly Started[]): Promise<void> {
  for (const { runId } of runs)
    await until(`run ${runId} is in the middle`, async () =>
      (await steward.api.listSteps({ runId })).items.length > 0 ? true : null,
    );
}

/** Approves whatever a run asks until it is over. */
async function approveAll(runId: string): Promise<RunDetail> {
  for (;;) {
    const run = await settled(steward, runId);
    if (isFinished(run.status)) return await untilEnded(steward, runId);
    const requestId = run.waitingOn?.id ?? '';
    await steward.api.decideRequest({ requestId, decision: 'approve' });
    await until('the decision is taken', async () =>
      (await steward.api.getRun({ runId })).waitingOn?.id === requestId ? null : true,
    );
  }
}

/** The pause comes again after the resume: it is the one that is over. A run whose last step was before it has ended by then. */
async function resumeAndPauseAgain(runId: string): Promise<void> {
  await update(steward, runId, { resume: {} });
  try {
    await update(steward, runId, { pause: { messageId: 'pause' } });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    expect(isFinished((await untilEnded(steward, runId)).status)).toBe(true);
  }
}

async function expectEnded(runs: readonly Started[], status: RunDetail['status']): Promise<void> {
  for (const { type, runId } of runs) {
    const run = await untilEnded(steward, runId);
    expect([type, run.status, run.error]).toEqual([type, status, null]);
    await expectSound(steward, runId);
    await expectDoneOnce(steward, runId);
  }
}

describe('runs of every type that continue as new again and again', () => {
  test('go on over a pause and other workers, and do everything once', async () => {
    const runs = await startAll();
    await untilInTheMiddle(runs);
    for (const { runId } of runs) await signal(steward, runId, { pause: { reason: 'a deploy', messageId: 'pause' } });
    await steward.restartWorkers();
    for (const { type, runId } of runs) {
      const run = await until(`run ${runId} holds`, async () => {
        const now = await steward.api.getRun({ runId });
        return now.status === 'paused' || isFinished(now.status) ? now : null;
      });
      expect([type, run.error]).toEqual([type, null]);
      if (run.status === 'paused') await resumeAndPauseAgain(runId);
    }
    await Promise.all([untilInTheMiddle(runs), steward.restartWorkers()]);
    for (const { runId } of runs) await approveAll(runId);
    await expectEnded(runs, 'completed');
  });

  test('end where they are when they are stopped or cancelled, with nothing half done', async () => {
    const runs = await startAll();
    await untilInTheMiddle(runs);
    await Promise.all(
      runs.map(async ({ runId }, index) => {
        const message = { runId, reason: 'enough' };
        await (index % 2 === 0 ? steward.api.stopRun(message) : steward.api.cancelRun(message));
      }),
    );
    for (const [index, { type, runId }] of runs.entries()) {
      const { status, outcome } = await untilEnded(steward, runId);
      // One that was in its last step is through with it.
      const wanted = status === 'completed' ? 'completed' : index % 2 === 0 ? 'stopped' : 'cancelled';
      expect([type, outcome]).toEqual([type, wanted]);
    }
    for (const { runId } of runs) await expectSound(steward, runId);
    for (const { runId } of runs) await expectDoneOnce(steward, runId);
  });

  test('end when they are cancelled while they apply: all of it is there or none', async () => {
    const runs = await startAll();
    const asking: Started[] = [];
    for (const run of runs) {
      const { status, waitingOn } = await settled(steward, run.runId);
      if (isFinished(status)) continue;
      asking.push(run);
      await steward.api.decideRequest({ requestId: waitingOn?.id ?? '', decision: 'approve' });
      await handleOf(steward, run.runId).cancel();
    }
    expect(asking.length).toBeGreaterThan(4);
    for (const { type, runId } of asking) {
      const run = await untilEnded(steward, runId);
      expect([type, run.error]).toEqual([type, null]);
      for (const { id } of run.proposals) {
        const { operations, status } = await steward.api.getProposal({ proposalId: id });
        const left = operations.filter((operation) => operation.status === 'applied');
        if (run.status === 'cancelled' && status !== 'applied')
          expect([type, status, left]).toEqual([type, status, []]);
      }
      await expectSound(steward, runId);
      await expectDoneOnce(steward, runId);
    }
  });
});
