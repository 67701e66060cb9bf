import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PendingRequest, Progress } from '../../workflows/kernel/messages/definitions.ts';
import type { StepLine } from '../../workflows/kernel/state/run-state.ts';
import { startOwnTemporal } from '../support/own-temporal.ts';
import type { OwnTemporal } from '../support/own-temporal.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import {
  approve,
  handleOf,
  signal,
  startRun,
  until,
  untilAsked,
  untilEnded,
  untilStatus,
  update,
} from '../support/runs.ts';
import { expectAppliedOnce, expectSound, recordsOf } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';

const allNames = [
  'Build the shelves',
  'Draw the floor plan',
  'Invite the neighbours',
  'Measure the room',
  'Paint the walls',
];

let temporal: OwnTemporal;
let steward: TestSteward;
beforeAll(async () => {
  // So few that a run goes on in a new execution after nearly every step.
  temporal = await startOwnTemporal({ 'limit.historyCount.suggestContinueAsNew': 12 });
  steward = await startProbeSteward({ temporalAddress: temporal.address });
});
afterAll(async () => {
  await steward.stop();
  await temporal.stop();
});

/** How many executions a run has had. */
async function executions(runId: string): Promise<number> {
  let count = 0;
  for await (const _one of steward.client.workflow.list({ query: `WorkflowId = "run-${runId}"` })) count += 1;
  return count;
}

async function untilExecutions(runId: string, least: number): Promise<void> {
  await until(`${least} executions`, async () => ((await executions(runId)) >= least ? true : null));
}

async function currentExecution(runId: string): Promise<string> {
  return (await handleOf(steward, runId).describe()).runId;
}

/** Says things to a run until it goes on in a new execution. */
async function talkUntilContinued(runId: string): Promise<void> {
  const before = await currentExecution(runId);
  let said = 0;
  await until('it goes on in a new execution', async () => {
    said += 1;
    await signal(steward, runId, { addContext: { text: `Remark ${said}`, messageId: `remark-${said}` } });
    return (await currentExecution(runId)) === before ? null : true;
  });
}

describe('a run with a long history', () => {
  test('goes on in several executions, and nobody notices', async () => {
    const runId = await startRun(steward);
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved', revisions: 1 } });
    await untilExecutions(runId, 3);
    expect((await recordsOf(steward, runId)).tasks).toEqual(allNames);
    expect(await handleOf(steward, runId).query<Progress>('progress')).toMatchObject({ status: 'completed', runId });
    const lines = await handleOf(steward, runId).query<readonly StepLine[]>('steps');
    expect(lines.map((line) => line.number)).toEqual(run.steps.map((step) => step.number));
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });

  test('enters each phase once, in order', async () => {
    const runId = await startRun(steward, { options: { autoExecute: true } });
    await untilEnded(steward, runId);
    const events = await steward.api.listEvents({ runId, limit: 500 });
    const phases = events.filter((event) => event.type === 'run.phase').map((event) => event.data['phase']);
    expect(phases).toEqual(['analyze', 'plan', 'order', 'review', 'apply', 'summarize']);
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });

  test('keeps the request that it waits for, and takes each message once, before and after', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    await update(steward, runId, { addContext: { text: 'Say it once.', messageId: 'once' } });
    await talkUntilContinued(runId);
    await talkUntilContinued(runId);
    const [pending] = await handleOf(steward, runId).query<readonly PendingRequest[]>('pending');
    expect(pending).toMatchObject({ requestId: request.id, digest: request.digest, deadline: request.deadline });
    const again = { addContext: { text: 'Say it once.', messageId: 'once' } };
    expect(await update(steward, runId, again)).toEqual({ accepted: true, duplicate: true });
    await signal(steward, runId, again);
    await steward.api.decideRequest({ requestId: request.id, decision: 'reject', comment: 'Again, please.' });
    const second = await until('a second approval', async () => {
      const { items } = await steward.api.listRequests({ runId, open: true });
      return items.find((each) => each.id !== request.id) ?? null;
    });
    await steward.api.decideRequest({ requestId: second.id, decision: 'approve' });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { revisions: 2 } });
    const events = await steward.api.listEvents({ runId, limit: 500 });
    expect(
      events.filter((event) => event.data['contextId'] !== undefined && event.type === 'context.added').length,
    ).toBe(
      new Set(events.filter((event) => event.type === 'context.added').map((event) => event.data['contextId'])).size,
    );
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });

  test('stays paused, and goes on after that', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    await steward.api.pauseRun({ runId });
    await untilStatus(steward, runId, 'paused');
    await talkUntilContinued(runId);
    expect(await handleOf(steward, runId).query<Progress>('progress')).toMatchObject({ status: 'paused' });
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve' });
    expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
    await steward.api.resumeRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    await expectSound(steward, runId);
  });

  test('is stopped and cancelled as any other', async () => {
    const stopped = await startRun(steward);
    await untilAsked(steward, stopped, 'approval');
    await talkUntilContinued(stopped);
    await steward.api.stopRun({ runId: stopped });
    expect(await untilEnded(steward, stopped)).toMatchObject({ status: 'cancelled', outcome: 'stopped' });
    await expectSound(steward, stopped);
    const cancelled = await startRun(steward);
    await untilAsked(steward, cancelled, 'approval');
    await talkUntilContinued(cancelled);
    await steward.api.cancelRun({ runId: cancelled });
    expect(await untilEnded(steward, cancelled)).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
    await expectSound(steward, cancelled);
  });

  test('finds its answers again, of calls one after the other and side by side', async () => {
    for (const parallel of [false, true]) {
      const runId = await startRun(steward, {
        type: 'probe',
        input: { script: 'question_after_calls', calls: 12, parallel },
      });
      const request = await untilAsked(steward, runId, 'clarification');
      await steward.api.answerRequest({ requestId: request.id, value: 'red' });
      const run = await untilEnded(steward, runId);
      expect(run).toMatchObject({ status: 'completed', result: { answers: { color: 'red' } } });
      expect(run.steps).toHaveLength(13);
      expect((await handleOf(steward, runId).query<Progress>('progress')).steps).toBe(13);
      await expectSound(steward, runId);
    }
  });

  test('keeps two questions that are open at once', async () => {
    const runId = await startRun(steward, { type: 'probe', input: { script: 'questions' } });
    await until('both are open', async () => {
      const { items } = await steward.api.listRequests({ runId, open: true });
      return items.length === 2 ? true : null;
    });
    await talkUntilContinued(runId);
    const { items } = await steward.api.listRequests({ runId, open: true });
    for (const { id, title } of items) await steward.api.answerRequest({ requestId: id, value: `the ${title}` });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: [{ color: 'the color' }, { size: 'the size' }] });
    await expectSound(steward, runId);
  });

  test('takes up an agent loop where it was', async () => {
    let turn = 0;
    steward.proxy.setFaults((call) => {
      if (call.operation !== 'tools') return { kind: 'pass' };
      turn += 1;
      if (turn > 6) return { kind: 'calls', calls: [{ name: 'finish', arguments: { result: `after ${turn} turns` } }] };
      return { kind: 'calls', text: 'On.', calls: [{ name: 'search_notes', arguments: { text: `word${turn}` } }] };
    });
    const input = { script: 'agent', goal: 'Look around.', tools: ['search_notes'] };
    const runId = await startRun(steward, { type: 'probe', input });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      result: { reason: 'finished', result: 'after 7 turns', turns: 7 },
    });
    expect(run.steps.map((step) => step.type)).toEqual([
      ...Array.from({ length: 6 }, () => ['agent', 'tool']).flat(),
      'agent',
    ]);
    await untilExecutions(runId, 3);
    await expectSound(steward, runId);
  });
});
