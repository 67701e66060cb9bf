import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { PendingRequest, Progress } from '../../workflows/kernel/messages/definitions.ts';
import type { StepLine } from '../../workflows/kernel/state/run-state.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { expectAppliedOnce, expectSound, recordsOf } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';
import {
  approve,
  eventTypes,
  handleOf,
  signal,
  startRun,
  until,
  untilAsked,
  untilEnded,
  untilStatus,
  update,
} from '../support/runs.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

/** A run held in its call of the model until it is let go. */
async function heldRun(operation: string): Promise<{ readonly runId: string; readonly letGo: () => void }> {
  let held = true;
  steward.proxy.setFaults((call) =>
    held && call.operation.includes(operation) ? { kind: 'status', status: 503 } : { kind: 'pass' },
  );
  const seen = steward.proxy.calls.length;
  const runId = await startRun(steward);
  await until(
    'the call arrives',
    async () =>
      await Promise.resolve(steward.proxy.calls.slice(seen).some((call) => call.operation.includes(operation)) || null),
  );
  return { runId, letGo: () => void (held = false) };
}

describe('pause', () => {
  test('holds a waiting run, moves its deadline, and lets it go on after resume', async () => {
    const runId = await startRun(steward);
    const before = await untilAsked(steward, runId, 'approval');
    await steward.api.pauseRun({ runId, reason: 'lunch' });
    expect(await untilStatus(steward, runId, 'paused')).toMatchObject({ waitingOn: { id: before.id } });
    expect(await handleOf(steward, runId).query<Progress>('progress')).toMatchObject({ status: 'paused' });
    await steward.api.decideRequest({ requestId: before.id, decision: 'approve' });
    expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
    await steward.api.resumeRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    await expectSound(steward, runId);
  });

  test('moves the deadline by the time it lasted, in the row and in the queries', async () => {
    const runId = await startRun(steward);
    const before = await untilAsked(steward, runId, 'approval');
    await steward.api.pauseRun({ runId });
    await untilStatus(steward, runId, 'paused');
    await steward.api.resumeRun({ runId });
    await untilStatus(steward, runId, 'waiting');
    const after = await untilAsked(steward, runId, 'approval');
    expect(Date.parse(after.deadline ?? '')).toBeGreaterThan(Date.parse(before.deadline ?? ''));
    const [pending] = await handleOf(steward, runId).query<readonly PendingRequest[]>('pending');
    expect(pending?.deadline).toBe(after.deadline);
    await approve(steward, runId);
    await untilEnded(steward, runId);
  });

  test('while a model works holds the run at the next step border', async () => {
    const { runId, letGo } = await heldRun('analyze');
    await steward.api.pauseRun({ runId });
    letGo();
    await until('the call is done', async () => {
      const { items } = await steward.api.listSteps({ runId });
      return items[0]?.status === 'completed' ? true : null;
    });
    expect((await steward.api.getRun({ runId })).status).toBe('paused');
    expect((await steward.api.listSteps({ runId })).items).toHaveLength(1);
    await steward.api.resumeRun({ runId });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
  });
});

describe('stop', () => {
  test('ends a run at its next step border; what is finished stays', async () => {
    const { runId, letGo } = await heldRun('analyze');
    await steward.api.stopRun({ runId, reason: 'changed my mind' });
    letGo();
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'cancelled', outcome: 'stopped' });
    expect(run.steps.map((step) => step.status)).toEqual(['completed']);
    await expectSound(steward, runId);
  });

  test('withdraws the request that a run waits for, also while it is paused', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    await steward.api.pauseRun({ runId });
    await steward.api.stopRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled', outcome: 'stopped' });
    expect((await steward.api.getRun({ runId })).requests).toEqual([
      expect.objectContaining({ id: request.id, status: 'withdrawn' }),
    ]);
    await expectSound(steward, runId);
  });
});

describe('cancel', () => {
  test('ends a waiting run at once and closes what it asked', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    await steward.api.cancelRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
    const late = steward.api.decideRequest({ requestId: request.id, decision: 'approve' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    await expectSound(steward, runId);
  });

  test('while a model works does not wait for the answer', async () => {
    const { runId, letGo } = await heldRun('analyze');
    await steward.api.cancelRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
    letGo();
    await expectSound(steward, runId);
  });

  test('while a proposal is applied takes back the part that was done', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    await steward.stopWorkers();
    await steward.startWorkers(['steward-runs', 'steward-records', 'steward-model']);
    // Temporal may hold the message for the workers that are gone until its own time is up: sent again, it counts once.
    const decision = { requestId: request.id, decision: 'approve', messageId: 'applied-once' } as const;
    await until('the decision is taken', async () =>
      (await steward.api.decideRequest(decision)).accepted ? true : null,
    );
    await until('the records are written', async () =>
      (await recordsOf(steward, runId)).tasks.length > 0 ? true : null,
    );
    await steward.api.cancelRun({ runId });
    // Only then the calendar's worker comes back: events written before the cancel is known would make the proposal whole.
    await until('the run knows of it', async () => {
      const { events } = await steward.client.workflow.getHandle(`run-${runId}`).fetchHistory();
      return (events ?? []).some((event) => event.activityTaskCancelRequestedEventAttributes) ? true : null;
    });
    await steward.restartWorkers();
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
    expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
    await expectSound(steward, runId);
  });
});

describe('a message', () => {
  test('sent twice under one id counts once, by update and by signal', async () => {
    const runId = await startRun(steward);
    await untilAsked(steward, runId, 'approval');
    const said = { text: 'Only in the mornings.', messageId: 'm-1' };
    expect(await update(steward, runId, { addContext: said })).toEqual({ accepted: true, duplicate: false });
    expect(await update(steward, runId, { addContext: said })).toEqual({ accepted: true, duplicate: true });
    await signal(steward, runId, { addContext: said });
    await signal(steward, runId, { pause: { messageId: 'm-2' } });
    await untilStatus(steward, runId, 'paused');
    await update(steward, runId, { resume: {} });
    await signal(steward, runId, { pause: { messageId: 'm-2' } });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    const types = await eventTypes(steward, runId);
    expect(types.filter((type) => type === 'context.added')).toHaveLength(1);
    await expectAppliedOnce(steward, runId);
  });

  test('that adds context is in the prompts of later calls', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    await steward.api.addContext({ runId, text: 'The paint must be lead-free.' });
    await signal(steward, runId, { addContext: { text: 'The neighbours sleep until noon.' } });
    await steward.api.decideRequest({ requestId: request.id, decision: 'reject', comment: 'Look again.' });
    await until('another approval', async () => {
      const { items } = await steward.api.listRequests({ runId, open: true });
      return items.find((each) => each.id !== request.id) ?? null;
    });
    const prompts = steward.proxy.calls.filter((call) => call.body.includes('Look again.'));
    expect(prompts.length).toBeGreaterThan(0);
    for (const text of ['lead-free', 'sleep until noon'])
      expect(prompts.every(({ body }) => body.includes(text))).toBe(true);
    await approve(steward, runId);
    await untilEnded(steward, runId);
  });

  test('to a finished run is refused as such', async () => {
    const runId = await startRun(steward, { options: { autoExecute: true } });
    await untilEnded(steward, runId);
    for (const late of [
      steward.api.pauseRun({ runId }),
      steward.api.stopRun({ runId }),
      steward.api.cancelRun({ runId }),
      steward.api.addContext({ runId, text: 'too late' }),
      steward.api.setBudget({ runId, maxCostUsd: 1 }),
    ]) {
      await expect(late).rejects.toMatchObject({ code: 'run_finished' });
    }
  });

  test('of nonsense is refused as an update and noted as a signal, and the run goes on', async () => {
    const runId = await startRun(steward);
    await untilAsked(steward, runId, 'approval');
    const nonsense = [
      { pause: null },
      { resume: 'now' },
      { stop: 5 },
      { stop: [] },
      { pause: { reason: {} } },
      { addContext: { text: 7 } },
      { addContext: { text: 'x'.repeat(60_000) } },
      { decide: { decision: 'maybe' } },
      { decide: { decision: 'approve', operations: 3 } },
      { decide: { decision: 'approve', operations: [null] } },
      { decide: { decision: 'approve', digest: { a: 1 } } },
      { answer: {} },
      { setBudget: { maxCostUsd: 'much' } },
      { setBudget: { softRatio: 'half' } },
      { pause: { messageId: 12 } },
    ];
    for (const message of nonsense) {
      const refused = message.answer === undefined ? 'invalid_input' : expect.stringMatching(/invalid_input|no_open/);
      expect(await update(steward, runId, message)).toEqual({ refused });
      await signal(steward, runId, message);
    }
    await until('all are noted', async () => {
      const ignored = (await eventTypes(steward, runId)).filter((type) => type === 'message.ignored');
      return ignored.length === nonsense.length ? true : null;
    });
    expect(await handleOf(steward, runId).query<Progress>('progress')).toMatchObject({ status: 'waiting' });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    await expectSound(steward, runId);
  });

  test('about a request that is not there, or is not the only one, is refused and says which are open', async () => {
    const runId = await startRun(steward, { type: 'probe', input: { script: 'questions' } });
    const [first, second] = await until('two questions are open', async () => {
      const { items } = await steward.api.listRequests({ runId, open: true });
      return items.length === 2 ? items : null;
    });
    expect(await update(steward, runId, { decide: { decision: 'approve' } })).toEqual({ refused: 'no_open_request' });
    expect(await update(steward, runId, { answer: { value: 'red' } })).toEqual({ refused: 'ambiguous_request' });
    expect(await update(steward, runId, { answer: { requestId: 'nobody', value: 'red' } })).toEqual({
      refused: 'no_open_request',
    });
    for (const request of [first, second]) {
      await steward.api.answerRequest({ requestId: request?.id ?? '', value: `the ${request?.title}` });
    }
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: [{ color: 'the color' }, { size: 'the size' }] });
    await expectSound(steward, runId);
  });

  test('of a stale digest is refused with both digests', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    const stale = { decide: { decision: 'approve', digest: '0'.repeat(64) } };
    expect(await update(steward, runId, stale)).toEqual({ refused: 'stale_digest' });
    await update(steward, runId, { decide: { decision: 'approve', digest: request.digest } });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
  });
});

describe('the queries', () => {
  test('answer while the run waits, and after it has ended', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    const handle = handleOf(steward, runId);
    expect(await handle.query<Progress>('progress')).toMatchObject({ runId, status: 'waiting', phase: 'review' });
    const [pending] = await handle.query<readonly PendingRequest[]>('pending');
    expect(pending).toMatchObject({ requestId: request.id, kind: 'approval', digest: request.digest });
    expect(pending?.commands.join('\n')).toContain(`temporal workflow signal --workflow-id run-${runId} --name decide`);
    const steps = await handle.query<readonly StepLine[]>('steps');
    expect(steps.map((step) => step.number)).toEqual(steps.map((_step, index) => index + 1));
    expect(await handle.query<readonly StepLine[], [object]>('steps', { after: 2, limit: 1 })).toEqual([steps[2]]);
    expect(await handle.query('budget')).toMatchObject({ steps: steps.length, reservedUsd: 0 });
    await approve(steward, runId);
    await untilEnded(steward, runId);
    expect(await handle.query<Progress>('progress')).toMatchObject({ status: 'completed', waitingOn: null });
    expect(await handle.query('pending')).toEqual([]);
  });
});
