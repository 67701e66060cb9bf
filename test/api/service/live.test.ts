import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildRuns } from '../../../src/api/service/rebuild.ts';
import type { RunDetail } from '../../../src/contract/views.ts';
import { startTimeoutMs } from '../../db/support/backends.ts';
import { ann, ben, paths, refusal } from './support/test-service.ts';
import { startWorld, until } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, startTimeoutMs);
afterAll(async () => await world.stop(), startTimeoutMs);

async function startWaiting(): Promise<RunDetail> {
  const { run, started } = await world.api.startRun({ type: 'sample', input: { userPrompt: 'the fence' } });
  expect(started).toBe(true);
  return await until(world.api, { runId: run.id, status: 'waiting' });
}

function openRequest(run: RunDetail) {
  const request = run.requests.find((one) => one.status === 'open');
  if (request === undefined) throw new Error('the run asks nothing');
  return request;
}

async function startProposed(): Promise<RunDetail> {
  const run = await startWaiting();
  await world.api.answerRequest({ requestId: openRequest(run).id, value: { colour: 'blue' } });
  return await until(world.api, {
    runId: run.id,
    status: 'waiting',
    check: ({ waitingOn }) => waitingOn?.kind === 'approval',
  });
}

describe('a run from start to end', () => {
  it('is asked, answered, decided in part, applied and undone, each refusal saying why', async () => {
    const { api } = world;
    const waiting = await startWaiting();
    const question = openRequest(waiting);
    const wrong = await refusal(api.answerRequest({ requestId: question.id, value: { colour: 'green' } }));
    expect([wrong.code, paths(wrong)]).toEqual(['invalid_input', ['value.colour']]);
    expect((await refusal(world.test.as(ben).answerRequest({ requestId: question.id, value: 'red' }))).code).toBe(
      'not_found',
    );
    expect((await refusal(api.decideRequest({ requestId: question.id, decision: 'approve' }))).code).toBe('conflict');
    const answer = { requestId: question.id, value: { colour: 'red' }, messageId: 'answer-1' };
    expect(await api.answerRequest(answer)).toEqual({ accepted: true, duplicate: false });
    expect(await api.answerRequest(answer)).toMatchObject({ accepted: true });
    const proposed = await until(api, {
      runId: waiting.id,
      status: 'waiting',
      check: ({ waitingOn }) => waitingOn?.kind === 'approval',
    });
    const late = await refusal(api.answerRequest({ requestId: question.id, value: { colour: 'blue' } }));
    expect([late.code, late.details['status'], late.details['by']]).toEqual(['conflict', 'answered', `user:${ann}`]);

    const approval = openRequest(proposed);
    const proposal = await api.getProposal({ proposalId: approval.proposalId ?? '' });
    expect([proposal.requestId, proposal.operations.map(({ id }) => id)]).toEqual([approval.id, ['op1', 'op2']]);
    expect((await refusal(api.undoProposal({ proposalId: proposal.id }))).code).toBe('conflict');
    const stale = await refusal(api.decideRequest({ requestId: approval.id, decision: 'approve', digest: 'old' }));
    expect([stale.code, stale.details['expected'], stale.details['given']]).toEqual([
      'stale_digest',
      proposal.digest,
      'old',
    ]);
    expect(
      paths(await refusal(api.decideRequest({ requestId: approval.id, decision: 'approve', operations: ['op9'] }))),
    ).toEqual(['operations']);
    await api.decideRequest({
      requestId: approval.id,
      decision: 'approve',
      operations: ['op2'],
      digest: proposal.digest,
    });

    const done = await until(api, { runId: waiting.id, status: 'completed' });
    expect([done.result, done.phases.map(({ state }) => state)]).toEqual([
      { colour: 'red', applied: 1 },
      ['done', 'done'],
    ]);
    const tasks = async () => (await api.listRecords({ kind: 'tasks' })).items.map((task) => task['title']);
    expect(await tasks()).toEqual(['Paint (red)']);
    const finished = await refusal(api.pauseRun({ runId: waiting.id }));
    expect([finished.code, finished.details['status']]).toEqual(['run_finished', 'completed']);
    expect(await api.undoProposal({ proposalId: proposal.id })).toEqual({
      proposalId: proposal.id,
      undone: 1,
      kept: [],
      keptCount: 0,
    });
    expect(await tasks()).toEqual([]);
    expect((await refusal(api.undoProposal({ proposalId: proposal.id }))).code).toBe('conflict');
  });

  it('is marked in Temporal with its type, user, name and priority', async () => {
    const run = await startWaiting();
    const description = await world.client.workflow.getHandle(`run-${run.id}`).describe();
    expect(description.type).toBe('sample');
    expect(description.memo).toEqual({ runId: run.id, userId: ann });
    expect(await description.staticSummary()).toBe('Sample: the fence');
    expect(description.priority).toMatchObject({ priorityKey: 3, fairnessKey: ann });
    await world.api.cancelRun({ runId: run.id });
  });
});

describe('messages to a run', () => {
  it('pause and resume it, change its budget and tell it more, long texts by reference', async () => {
    const { api } = world;
    const { id: runId } = await startWaiting();
    await api.pauseRun({ runId, reason: 'lunch' });
    await until(api, { runId, status: 'paused' });
    await api.resumeRun({ runId });
    await until(api, { runId, status: 'waiting' });
    await api.setBudget({ runId, maxCostUsd: 7 });
    expect(paths(await refusal(api.setBudget({ runId, maxCostUsd: -1 })))).toEqual(['maxCostUsd']);
    expect((await refusal(api.setBudget({ runId }))).code).toBe('invalid_input');
    const long = 'x'.repeat(3_000);
    await api.addContext({ runId, text: 'short' });
    await api.addContext({ runId, text: long, messageId: 'long-1' });
    expect(await api.addContext({ runId, text: long, messageId: 'long-1' })).toMatchObject({ accepted: true });
    const rows = await world.test.db.database.asService(
      async (tx) => await tx.selectFrom('run_context').select('text').where('run_id', '=', runId).execute(),
    );
    expect(rows.map(({ text }) => text.length).sort((one, other) => one - other)).toEqual([5, 3_000]);
    const run = await until(api, { runId, status: 'waiting', check: ({ budget }) => budget?.limits.maxCostUsd === 7 });
    expect(run.budget?.limits.maxCostUsd).toBe(7);
    const handle = world.client.workflow.getHandle(`run-${runId}`);
    expect(
      JSON.stringify((await handle.fetchHistory()).events).includes(Buffer.from(long).toString('base64').slice(0, 200)),
    ).toBe(false);
    await api.stopRun({ runId, reason: 'enough' });
    const stopped = await until(api, { runId, status: 'cancelled' });
    expect(stopped.outcome).toBe('stopped');
  });

  it('cancel it, saying who did and why', async () => {
    const { api } = world;
    const { id: runId } = await startWaiting();
    await api.cancelRun({ runId, reason: 'rain' });
    const run = await until(api, { runId, status: 'cancelled' });
    expect([run.outcome, run.requests.map(({ status }) => status)]).toEqual(['cancelled', ['withdrawn']]);
    const notes = (await api.listEvents({ runId }))
      .filter((event) => event.type === 'log')
      .map((event) => event.data['text']);
    expect(notes).toEqual([`Cancel asked for by user:${ann}: rain.`]);
  });

  it('cancel one that is started for later, before it begins', async () => {
    const { api } = world;
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const { run, started } = await api.startRun({ type: 'sample', input: { userPrompt: 'tomorrow' }, startAt });
    expect([started, run.startAt]).toEqual([true, startAt]);
    await api.cancelRun({ runId: run.id });
    expect((await api.getRun({ runId: run.id })).status).toBe('cancelled');
    expect((await world.client.workflow.getHandle(`run-${run.id}`).describe()).status.name).toBe('TERMINATED');
  });
});

describe('running again from a step', () => {
  it('keeps what came before, forgets what came after, and decides anew', async () => {
    const { api } = world;
    const proposed = await startProposed();
    const { id: runId } = proposed;
    const proposalStep = proposed.steps.find((step) => step.type === 'proposal');
    const first = openRequest(proposed);
    await api.decideRequest({ requestId: first.id, decision: 'reject', comment: 'not so' });
    expect((await until(api, { runId, status: 'completed' })).outcome).toBe('rejected');

    expect(paths(await refusal(api.rerunFrom({ runId, fromStep: 99 })))).toEqual(['fromStep']);
    const reopened = await api.rerunFrom({ runId, fromStep: proposalStep?.number ?? 0, reason: 'thought again' });
    expect([reopened.status, reopened.outcome]).toEqual(['running', null]);
    const again = await until(api, { runId, status: 'waiting', check: (run) => openRequest(run).id !== first.id });
    const second = openRequest(again);
    expect([second.kind, second.proposalId === first.proposalId]).toEqual(['approval', false]);
    await api.decideRequest({ requestId: second.id, decision: 'approve' });
    const done = await until(api, { runId, status: 'completed' });
    expect([done.outcome, done.result]).toEqual(['completed', { colour: 'blue', applied: 2 }]);
    const seqs = (await api.listEvents({ runId })).map((event) => event.seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('asks a question again when it begins there, and refuses while the run works or is not started', async () => {
    const { api } = world;
    const proposed = await startProposed();
    const { id: runId } = proposed;
    const question = proposed.steps.find((step) => step.type === 'question');
    await api.rerunFrom({ runId, fromStep: question?.number ?? 0 });
    const asked = await until(api, {
      runId,
      status: 'waiting',
      check: ({ waitingOn }) => waitingOn?.kind === 'clarification',
    });
    expect(asked.requests.filter(({ status }) => status === 'open')).toHaveLength(1);
    await api.answerRequest({ requestId: openRequest(asked).id, value: 'red' });
    const anew = await until(api, {
      runId,
      status: 'waiting',
      check: ({ waitingOn }) => waitingOn?.kind === 'approval',
    });
    await api.decideRequest({ requestId: openRequest(anew).id, decision: 'approve', operations: ['op1'] });
    expect((await until(api, { runId, status: 'completed' })).result).toEqual({ colour: 'red', applied: 1 });
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const later = await api.startRun({ type: 'sample', input: { userPrompt: 'later' }, startAt });
    expect((await refusal(api.rerunFrom({ runId: later.run.id, fromStep: 1 }))).code).toBe('conflict');
    await api.cancelRun({ runId: later.run.id });
  });
});

describe('rebuilding rows from Temporal', () => {
  it('corrects a stale row, brings a lost one back, and leaves right ones alone', async () => {
    const { api, client } = world;
    const { database } = world.test.db;
    const [right, stale, lost] = [await startWaiting(), await startWaiting(), await startWaiting()];
    await database.asService(async (tx) => {
      await tx
        .updateTable('agentic_workflows')
        .set({ status: 'running', waiting_on: null })
        .where('id', '=', stale.id)
        .execute();
      await tx.deleteFrom('agentic_workflows').where('id', '=', lost.id).execute();
    });
    // Visibility lags a little.
    let added: readonly string[] = [];
    let corrected: readonly string[] = [];
    for (let attempt = 0; attempt < 50 && added.length === 0; attempt += 1) {
      const report = await rebuildRuns({ database, client, types: ['sample'] });
      added = report.added;
      corrected = [...corrected, ...report.corrected];
    }
    expect([added, corrected]).toEqual([[lost.id], [stale.id]]);
    const mended = await api.getRun({ runId: stale.id });
    expect([mended.status, mended.waitingOn]).toEqual(['waiting', stale.waitingOn]);
    const found = await api.getRun({ runId: lost.id });
    expect([found.status, found.name, found.type]).toEqual(['waiting', lost.name, 'sample']);
    expect(await api.getRun({ runId: right.id })).toEqual(right);
  });
});
