import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AdmitParams } from '../../../activities/records/api.ts';
import type { RunEvent } from '../../../src/contract/events.ts';
import { noCost } from '../../../src/contract/step.ts';
import { gatherFacts } from '../../../activities/support/gather-facts.ts';
import { json } from '../../../src/db/values.ts';
import { backends, startTimeoutMs } from '../support/backends.ts';
import type { TestDatabase } from '../support/backends.ts';
import { newProject, newTask, newUser } from '../support/rows.ts';
import { change, newWorld, step } from './harness.ts';
import type { World } from './harness.ts';
import { eventTypes, readRow } from './queries.ts';

function start(argument: AdmitParams['argument'], workflowId = `run-${randomUUID()}`): AdmitParams {
  return { type: 'sample', workflowId, temporalRunId: randomUUID(), fallbackRunId: randomUUID(), argument };
}

const waiting: RunEvent = { type: 'run.status', status: 'waiting', waitingOn: { kind: 'approval', id: 'r', since: 's', deadline: null }, reason: null };
const running: RunEvent = { type: 'run.status', status: 'running', waitingOn: null, reason: null };
const budget = { limits: { maxCostUsd: 1, maxTokens: null, maxSteps: 9, onExhausted: 'ask', softRatio: 0.8 }, spentUsd: 0.25, spentTokens: 900, unknownUsd: 0, steps: 3, reservedUsd: 0 } as const;
const finished: RunEvent = {
  type: 'run.finished',
  status: 'completed',
  outcome: 'completed',
  result: { summary: 'Done.' },
  errorCode: null,
  errorMessage: null,
  errorDetails: null,
  budget,
};
const question = { key: 'when', question: 'When?', why: 'Dates.', kind: 'date', options: [], default: '2026-05-01' } as const;

function asked(requestId: string): RunEvent {
  const times = { deadline: '2026-03-09T08:00:00.000Z', remindAt: '2026-03-03T08:00:00.000Z', onDeadline: 'default' } as const;
  return { type: 'request.opened', request: { requestId, kind: 'clarification', title: 'One question', body: null, questions: [question], proposalId: null, digest: null, ...times } };
}

describe.each(backends)('runs on $name', ({ start: startDatabase }) => {
  let test: TestDatabase;
  let world: World;
  beforeAll(async () => {
    test = await startDatabase();
  }, startTimeoutMs);
  beforeEach(async () => {
    world = await newWorld(test.database);
  });
  afterAll(() => test.stop());

  const row = async () => await readRow(world, 'agentic_workflows', world.run.runId);
  const project = async (changes: Parameters<ReturnType<World['as']>['project']>[0]['changes']) => await world.as(1).project({ run: world.run, changes });

  it('admits a run that nobody registered, under the id in its workflow id, for the local user', async () => {
    const id = randomUUID();
    const long = `Plan ${'x'.repeat(5_000)}`;
    const params = start({ input: { userPrompt: long }, options: { maxCost: 2, autoExecute: true }, budget: { maxTokens: 5_000 } }, `run-${id}`);
    const admitted = await world.as(1).admit(params);
    expect(admitted).toMatchObject({
      run: { runId: id, userId: world.userId, type: 'sample' },
      name: long.slice(0, 40),
      options: { maxCost: 2, autoExecute: true },
      limits: { maxCostUsd: 2, maxTokens: 5_000, maxSteps: 200 },
      contractVersion: 3,
      phases: ['plan'],
    });
    expect(String(admitted.input['userPrompt'])).toHaveLength(1_001);
    expect(admitted.reservations['analyze']?.tokens).toBeGreaterThan(5_000 / 3);
    expect(await world.as(2).admit(params)).toEqual(admitted);
    expect(await readRow(world, 'agentic_workflows', id)).toMatchObject({ input: { userPrompt: long }, workflow_id: `run-${id}`, started_by: 'temporal' });
    expect(await eventTypes({ ...world, run: admitted.run })).toEqual(['run.created', 'run.admitted']);
  });

  it('uses the fallback id for a workflow id that holds none', async () => {
    const params = start({ input: { userPrompt: 'x' } }, `my-plan-${randomUUID()}`);
    expect((await world.as(1).admit(params)).run.runId).toBe(params.fallbackRunId);
  });

  it('takes input, options and budget of a registered run from its row', async () => {
    const runId = randomUUID();
    const values = { id: runId, user_id: world.userId, workflow_type: 'sample', name: 'Mine', workflow_id: `run-${runId}` };
    const limits = { ...budget, limits: { ...budget.limits, maxCostUsd: 7 } };
    await world.database.asService((tx) => tx.insertInto('agentic_workflows').values({ ...values, input: json({ userPrompt: 'From the row' }), budget: json(limits) }).execute());
    const admitted = await world.as(1).admit(start({ runId }, `run-${runId}`));
    expect(admitted).toMatchObject({ name: 'Mine', input: { userPrompt: 'From the row' }, limits: { maxCostUsd: 7, maxSteps: 9 } });
    await expect(world.as(1).admit(start({ runId }, 'run-other'))).rejects.toMatchObject({ type: 'conflict' });
  });

  it('refuses a wrong start field by field, and leaves the run behind as failed', async () => {
    const id = randomUUID();
    const refused = world.as(1).admit(start({ input: { userPrompt: 5, when: 'soon' }, options: { maxSteps: 'many' } }, `run-${id}`));
    await expect(refused).rejects.toMatchObject({ type: 'invalid_input', nonRetryable: true });
    const kept = await readRow(world, 'agentic_workflows', id);
    expect(kept).toMatchObject({ status: 'failed', error_code: 'invalid_input' });
    const paths = JSON.stringify(kept['error_details']);
    for (const path of ['input.userPrompt', 'options.maxSteps']) expect(paths).toContain(path);
  });

  it('refuses an unknown type with the known ones, a strange argument, and somebody else\u2019s project', async () => {
    const { admit } = world.as(1);
    await expect(admit({ ...start({}), type: 'juggling' })).rejects.toMatchObject({ type: 'unknown_workflow_type', details: [{ known: ['sample'] }] });
    const strange: object = { userPrompt: 'x' };
    await expect(admit(start(strange))).rejects.toMatchObject({ type: 'invalid_input', message: expect.stringContaining('"input"') });
    await expect(admit(start({ userId: randomUUID(), input: { userPrompt: 'x' } }))).rejects.toMatchObject({ type: 'invalid_input', details: [{ problems: [{ path: 'userId' }] }] });
    const stranger = await newUser(test.database);
    const projectId = await test.database.asService((tx) => newProject(tx, stranger));
    await expect(admit(start({ input: { projectId } }))).rejects.toMatchObject({ type: 'not_found', details: [{ problems: [{ path: 'input.projectId' }] }] });
  });

  it('writes each change once, and its event once', async () => {
    const changes = [change(1, running), change(2, { type: 'run.phase', phase: 'plan' }), change(3, waiting)];
    await project(changes);
    await project(changes);
    expect(await row()).toMatchObject({ status: 'waiting', phase: 'plan', waiting_on: { kind: 'approval' }, state_seq: 3 });
    expect((await eventTypes(world)).slice(2)).toEqual(['run.status', 'run.phase', 'run.status']);
  });

  it('never lets an older change overwrite a newer one, and still lists it', async () => {
    await project([change(4, waiting)]);
    await project([change(3, running)]);
    expect(await row()).toMatchObject({ status: 'waiting', state_seq: 4 });
    expect((await eventTypes(world)).slice(2)).toEqual(['run.status', 'run.status']);
  });

  it('takes changes of a rerun, whose numbers begin anew, as newer ones', async () => {
    await project([change(5, finished)]);
    await world.database.asService((tx) => tx.updateTable('agentic_workflows').set({ epochs: json([{ fromStep: 2, epoch: 1 }]) }).where('id', '=', world.run.runId).execute());
    await project([change(5, running)]);
    expect(await row()).toMatchObject({ status: 'running', completed_at: null, outcome: null, output: null });
    expect((await eventTypes(world)).slice(2)).toEqual(['run.finished', 'run.status']);
  });

  it('does not set a finished step back to running, unless a rerun does it again', async () => {
    const first = step(2);
    const ended: RunEvent = { type: 'step.finished', step: first, status: 'completed', output: { a: 1 }, reasoning: 'So.', cost: { ...noCost, usd: 0.5, promptTokens: 10, completionTokens: 5, attempts: 2, model: 'm' }, error: null };
    const started: RunEvent = { type: 'step.started', step: first, input: { b: 2 } };
    const read = async () => await world.database.asService((tx) => tx.selectFrom('agentic_workflow_steps').selectAll().where('workflow_id', '=', world.run.runId).executeTakeFirstOrThrow());
    await project([change(2, ended)]);
    await project([change(1, started)]);
    expect(await read()).toMatchObject({ status: 'completed', output: { a: 1 }, reasoning: 'So.', cost_usd: 0.5, tokens_used: 15, retry_count: 1 });
    await world.database.asService((tx) => tx.updateTable('agentic_workflows').set({ epochs: json([{ fromStep: 1, epoch: 1 }]) }).where('id', '=', world.run.runId).execute());
    await project([change(3, started)]);
    expect(await read()).toMatchObject({ status: 'running', output: null, cost_usd: null });
  });

  it('opens, reminds and closes a request, and tells its person', async () => {
    const requestId = randomUUID();
    await project([change(1, asked(requestId))]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({ status: 'open', default_value: { when: '2026-05-01' }, schema: { type: 'object' } });
    await project([change(2, { type: 'request.reminded', requestId, escalated: false, deadline: '2026-03-12T08:00:00.000Z' })]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({ remind_at: null, deadline: '2026-03-12T08:00:00.000Z' });
    await project([change(3, { type: 'request.closed', requestId, status: 'answered', answer: { when: '2026-06-01' }, comment: null, by: 'person' })]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({ status: 'answered', answer: { when: '2026-06-01' }, answered_by: 'person' });
    const told = await world.database.asService((tx) => tx.selectFrom('notification_deliveries').select(['channel', 'status']).where('recipient_user_id', '=', world.userId).execute());
    expect(told).toEqual([{ channel: 'in_app', status: 'delivered' }, { channel: 'in_app', status: 'delivered' }]);
    const facts = await world.database.asService((tx) => gatherFacts(tx, { deps: world.deps, run: world.run, facts: [] }));
    expect(facts.answers).toEqual([{ key: 'when', question: 'When?', answer: '2026-06-01' }]);
  });

  it('closes with a run what it left open, and keeps its history in one row', async () => {
    const requestId = randomUUID();
    await project([change(1, { type: 'step.started', step: step(1), input: null }), change(2, asked(requestId)), change(3, finished)]);
    expect(await row()).toMatchObject({ status: 'completed', outcome: 'completed', summary: 'Done.', output: { summary: 'Done.' }, total_tokens: 900, total_cost_usd: 0.25, total_steps: 1 });
    expect((await row())['step_history']).toMatchObject([{ step: 1, status: 'skipped' }]);
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({ status: 'withdrawn' });
  });

  it('refuses changes of a run that is not there or not this person\u2019s', async () => {
    const stranger = await newUser(test.database);
    const { project: write } = world.as(1);
    await expect(write({ run: { ...world.run, userId: stranger }, changes: [change(1, running)] })).rejects.toMatchObject({ type: 'not_found' });
    await expect(write({ run: { ...world.run, runId: randomUUID() }, changes: [change(1, running)] })).rejects.toMatchObject({ type: 'not_found' });
  });

  it('keeps long texts out of the stream of events', async () => {
    await project([change(1, { type: 'step.finished', step: step(1), status: 'completed', output: { text: 'x'.repeat(100_000) }, reasoning: null, cost: null, error: null })]);
    const [event] = await world.database.asService((tx) => tx.selectFrom('run_events').select('data').where('run_id', '=', world.run.runId).where('type', '=', 'step.finished').execute());
    expect(JSON.stringify(event?.data).length).toBeLessThan(4_000);
  });

  it('gathers the facts that were asked for, the nearest first, and cut to size', async () => {
    const { userId, run } = world;
    await world.database.asService(async (tx) => {
      const projectId = await newProject(tx, userId);
      await tx.updateTable('agentic_workflows').set({ project_id: projectId }).where('id', '=', run.runId).execute();
      await newTask(tx, userId);
      await newTask(tx, userId, { project_id: projectId });
      await tx.insertInto('notes').values({ user_id: userId, project_id: projectId, title: 'Long', content: 'n'.repeat(9_000) }).execute();
      await tx.insertInto('user_context').values({ user_id: userId, timezone: 'Europe/Berlin', background: 'Gardener' }).execute();
      const times = { start_at: '2026-03-04T10:00:00Z', end_at: '2026-03-04T11:00:00Z' };
      await tx.insertInto('calendar_events').values({ user_id: userId, uid: randomUUID(), title: 'Dentist', source: 'manual', ...times }).execute();
    });
    await project([change(1, { type: 'context.added', contextId: 'c1', text: 'Also a pond', source: 'person' })]);
    const gather = async (names: Parameters<typeof gatherFacts>[1]['facts']) => await world.database.asService((tx) => gatherFacts(tx, { deps: world.deps, run, facts: names }));
    const facts = await gather(['userContext', 'project', 'notes', 'tasks', 'calendar']);
    expect(facts).toMatchObject({ timeZone: 'Europe/Berlin', userContext: { fields: { background: 'Gardener' } }, project: { name: 'Garden', phases: [] }, addedContext: ['Also a pond'] });
    expect(facts.tasks.map((task) => task.projectId === facts.project?.id)).toEqual([true, false]);
    expect(facts.notes[0]?.content).toHaveLength(4_001);
    expect(facts.calendar).toEqual([{ title: 'Dentist', start: '2026-03-04T10:00:00Z', end: '2026-03-04T11:00:00Z', allDay: false }]);
    expect(await gather([])).toMatchObject({ userContext: null, project: null, notes: [], tasks: [], calendar: [], input: { userPrompt: 'Plan the garden' } });
  });
});
