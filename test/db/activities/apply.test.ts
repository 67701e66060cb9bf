import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../activities/support/digest.ts';
import { stepEffectKey } from '../../../activities/support/effect-key.ts';
import type { Proposed } from '../../../activities/records/api.ts';
import type { Operation } from '../../../src/contract/proposal.ts';
import { claimEffect } from '../../../src/db/effects.ts';
import { backends, startTimeoutMs } from '../support/backends.ts';
import type { TestDatabase } from '../support/backends.ts';
import { applyStep, change, newWorld, sameWorld, step } from './harness.ts';
import type { World } from './harness.ts';
import { newPlan } from './operations.ts';
import type { Plan } from './operations.ts';
import { countRows, operationStatuses, readRow } from './queries.ts';

async function propose(world: World, request: { readonly requestId: string } | null = null): Promise<Proposed> {
  const asked = request === null ? null : { ...request, deadline: null, remindAt: null, onDeadline: 'fail' as const };
  return await world.as(1).propose({ run: world.run, step: step(5), draft: 'plan', params: {}, request: asked, changes: [] });
}

function approval(world: World, proposed: Proposed, accepted: readonly string[]) {
  const { proposalId, digest } = proposed;
  return { run: world.run, step: applyStep, proposalId, digest, accepted, changes: [] };
}

const allIds = (operations: readonly Operation[]): readonly string[] => operations.map((operation) => operation.id);

describe.each(backends)('applying a proposal on $name', ({ start }) => {
  let test: TestDatabase;
  let world: World;
  let plan: Plan;
  beforeAll(async () => {
    test = await start();
  }, startTimeoutMs);
  beforeEach(async () => {
    plan = newPlan();
    world = await newWorld(test.database, plan.all);
  });
  afterAll(() => test.stop());

  it('creates everything that was accepted, once, however often it is asked', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    const first = await world.as(1).applyOperations(params);
    const events = await world.as(1).applyEvents(params);
    expect(first).toMatchObject({ applied: 5, refused: 0, failed: [], counts: { create_project: 1, create_phase: 1, create_task: 2, add_dependency: 1 } });
    expect(events).toMatchObject({ applied: 1, refused: 0, failed: [], counts: { schedule_event: 1 } });
    expect(await world.as(2).applyOperations(params)).toEqual(first);
    expect(await world.as(2).applyEvents(params)).toEqual(events);
    expect(await countRows(world)).toEqual({ projects: 1, phases: 1, tasks: 2, dependencies: 1, placements: 2, events: 1 });
    expect(await readRow(world, 'tasks', plan.first.payload.taskId)).toMatchObject({ source: 'ai_generated', source_run_id: world.run.runId, deadline: '2026-03-10T00:00:00.000Z' });
    expect(await readRow(world, 'proposals', params.proposalId)).toMatchObject({ status: 'applied' });
  });

  it('creates it once when two attempts run at the same time', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    const [one, two] = await Promise.all([world.as(1).applyOperations(params), world.as(2).applyOperations(params)]);
    expect(one).toEqual(two);
    expect(await countRows(world)).toMatchObject({ projects: 1, tasks: 2 });
  });

  it('does not let an old attempt act after a newer one took over', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world.database.asService(async (tx) => {
      // A newer attempt claimed the effect and is still at work when the stopped one wakes up.
      const { runId, userId } = world.run;
      const key = stepEffectKey(runId, { step: applyStep, epoch: 0, name: `apply:records:${params.proposalId}` });
      const requestHash = digestOf({ proposalId: params.proposalId, digest: params.digest, accepted: params.accepted });
      await claimEffect(tx, { key, runId, userId, stepNumber: 9, name: 'apply:records', requestHash, attempt: 2 });
    });
    await expect(world.as(1).applyOperations(params)).rejects.toMatchObject({ type: 'stale_attempt', nonRetryable: true });
    expect(await countRows(world)).toMatchObject({ projects: 0, tasks: 0 });
    expect(await world.as(2).applyOperations(params)).toMatchObject({ applied: 5 });
  });

  it('leaves nothing behind when it is cut off in the middle, and does all of it at the next attempt', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    const cut: World['database'] = {
      ...world.database,
      asService: (work) =>
        world.database.asService(async (tx) => {
          await work(tx);
          throw Object.assign(new Error('connection terminated'), { code: 'ECONNRESET' });
        }),
    };
    const dying = sameWorld(world, { database: cut });
    await expect(dying.as(1).applyOperations(params)).rejects.toMatchObject({ type: 'unavailable', nonRetryable: false });
    expect(await countRows(world)).toMatchObject({ projects: 0, phases: 0, tasks: 0 });
    expect(await world.as(2).applyOperations(params)).toMatchObject({ applied: 5, failed: [] });
    expect(await countRows(world)).toMatchObject({ projects: 1, tasks: 2 });
  });

  it('applies a part and marks the rest as refused', async () => {
    const params = approval(world, await propose(world), ['project', 'phase-1', 'task-1']);
    expect(await world.as(1).applyOperations(params)).toMatchObject({ applied: 3, refused: 2 });
    expect(await world.as(1).applyEvents(params)).toMatchObject({ applied: 0, refused: 1 });
    expect(await operationStatuses(world, params.proposalId)).toEqual(['applied', 'applied', 'applied', 'refused', 'refused', 'refused']);
    expect(await readRow(world, 'proposals', params.proposalId)).toMatchObject({ status: 'partly_applied' });
  });

  it('keeps a failure to the operation and to what needs it', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    // Somebody else's task has the id already.
    const stranger = await newWorld(test.database);
    await world.database.asService((tx) => tx.insertInto('tasks').values({ id: plan.first.payload.taskId, user_id: stranger.userId, title: 'Mine' }).execute());
    const applied = await world.as(1).applyOperations(params);
    const events = await world.as(1).applyEvents(params);
    expect(applied.applied).toBe(3);
    expect(applied.failed.map((one) => one.operationId)).toEqual(['task-1', 'dependency-1']);
    expect(applied.failed[1]?.error).toBe('It needs task-1, which was not applied.');
    expect(events.failed.map((one) => one.operationId)).toEqual(['event-1']);
    expect(await operationStatuses(world, params.proposalId)).toEqual(['applied', 'applied', 'failed', 'applied', 'skipped', 'skipped']);
    expect(await countRows(world)).toMatchObject({ projects: 1, tasks: 1, events: 0 });
  });

  it('refuses a digest that is not the stored one, a choice that does not hold, and an unknown proposal', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    const { applyOperations } = world.as(1);
    await expect(applyOperations({ ...params, digest: 'other' })).rejects.toMatchObject({ type: 'stale_digest', details: [{ expected: params.digest, given: 'other' }] });
    await expect(applyOperations({ ...params, accepted: ['task-1'] })).rejects.toMatchObject({ type: 'invalid_input' });
    await expect(applyOperations({ ...params, proposalId: world.run.runId })).rejects.toMatchObject({ type: 'not_found' });
    const stranger = await newWorld(test.database);
    await expect(stranger.as(1).applyOperations({ ...params, run: stranger.run })).rejects.toMatchObject({ type: 'not_found' });
    expect(await countRows(world)).toMatchObject({ projects: 0 });
  });

  it('does not overwrite what the person changed after the proposal was made', async () => {
    const created = approval(world, await propose(world), allIds(plan.all));
    await world.as(1).applyOperations(created);
    const { taskId } = plan.first.payload;
    const update: Operation = { id: 'u', kind: 'update_task', title: 'Shorter', reason: '', requires: [], payload: { taskId, changes: { durationMinutes: 30 }, phaseId: null, order: 1 } };
    const second = sameWorld(world, { database: world.database, draft: [update] });
    const proposed = await second.as(1).propose({ run: world.run, step: step(12, { iteration: 2 }), draft: 'plan', params: {}, request: null, changes: [] });
    expect(proposed.revision).toBe(2);
    await world.database.asService((tx) => tx.updateTable('tasks').set({ duration_minutes: 45 }).where('id', '=', taskId).execute());
    const applied = await second.as(1).applyOperations({ ...approval(world, proposed, ['u']), step: step(13, { path: 'apply:apply', iteration: 2, type: 'apply' }) });
    expect(applied.failed).toEqual([{ operationId: 'u', error: 'The task was changed after the proposal was made: duration_minutes.' }]);
    expect(await readRow(world, 'tasks', taskId)).toMatchObject({ duration_minutes: 45 });
  });

  it('takes everything back, newest first', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world.as(1).applyOperations(params);
    await world.as(1).applyEvents(params);
    const undo = { run: world.run, proposalId: params.proposalId, reason: 'No.' };
    expect(await world.as(1).undoEvents(undo)).toEqual({ proposalId: params.proposalId, undone: 1, kept: [] });
    expect(await world.as(1).undoOperations(undo)).toEqual({ proposalId: params.proposalId, undone: 5, kept: [] });
    expect(await world.as(2).undoOperations(undo)).toEqual({ proposalId: params.proposalId, undone: 5, kept: [] });
    expect(await countRows(world)).toEqual({ projects: 0, phases: 0, tasks: 0, dependencies: 0, placements: 0, events: 0 });
    expect(await readRow(world, 'proposals', params.proposalId)).toMatchObject({ status: 'undone' });
    await expect(world.as(1).applyOperations({ ...params, step: { ...applyStep, iteration: 2 } })).rejects.toMatchObject({ type: 'conflict' });
  });

  it('keeps what somebody changed since, with what that needs, and says why', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world.as(1).applyOperations(params);
    await world.as(1).applyEvents(params);
    const { taskId } = plan.second.payload;
    await world.database.asService((tx) => tx.updateTable('tasks').set({ title: 'My own title' }).where('id', '=', taskId).execute());
    const undo = { run: world.run, proposalId: params.proposalId, reason: 'No.' };
    await world.as(1).undoEvents(undo);
    const undone = await world.as(1).undoOperations(undo);
    expect(undone.undone).toBe(2);
    expect(undone.kept).toEqual([
      { operationId: 'task-2', reason: 'It was changed since: title.' },
      { operationId: 'phase-1', reason: 'task-2 was kept and needs it.' },
      { operationId: 'project', reason: 'phase-1 was kept and needs it.' },
    ]);
    expect(await countRows(world)).toMatchObject({ projects: 1, phases: 1, tasks: 1, dependencies: 0 });
  });

  it('keeps a calendar event that was moved', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world.as(1).applyOperations(params);
    await world.as(1).applyEvents(params);
    await world.database.asService((tx) =>
      tx.updateTable('calendar_events').set({ end_at: '2026-03-03T11:00:00.000Z', etag: null }).where('user_id', '=', world.userId).execute(),
    );
    const undone = await world.as(1).undoEvents({ run: world.run, proposalId: params.proposalId, reason: 'No.' });
    expect(undone).toMatchObject({ undone: 0, kept: [{ operationId: 'event-1' }] });
    expect(await countRows(world)).toMatchObject({ events: 1 });
  });

  it('lets nothing be applied after it was undone, not even by an attempt that was stopped before', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world.as(2).undoOperations({ run: world.run, proposalId: params.proposalId, reason: 'The run was cancelled.' });
    await expect(world.as(1).applyOperations(params)).rejects.toMatchObject({ type: 'conflict' });
    expect(await countRows(world)).toMatchObject({ projects: 0, tasks: 0 });
  });

  it('proposes the same again at a retry, with one request', async () => {
    const requestId = world.run.runId;
    const proposed = await propose(world, { requestId });
    expect(await propose(world, { requestId })).toEqual(proposed);
    expect(proposed).toMatchObject({ revision: 1, title: 'The plan', counts: { create_task: 2 }, outlines: [{ id: 'project', requires: [] }, { id: 'phase-1', requires: ['project'] }, {}, {}, {}, {}] });
    const rows = await world.database.asService((tx) => tx.selectFrom('run_requests').selectAll().where('run_id', '=', world.run.runId).execute());
    expect(rows).toMatchObject([{ id: requestId, kind: 'approval', status: 'open', body: 'Some work.', digest: proposed.digest, proposal_id: proposed.proposalId }]);
    const told = await world.database.asService((tx) => tx.selectFrom('notification_events').select('event_type').where('target_user_id', '=', world.userId).execute());
    expect(told).toEqual([{ event_type: 'request.opened' }]);
  });

  it('takes a proposal without operations', async () => {
    const empty = await newWorld(test.database, []);
    const proposed = await propose(empty);
    expect(proposed).toMatchObject({ outlines: [], counts: {} });
    expect(await empty.as(1).applyOperations(approval(empty, proposed, []))).toMatchObject({ applied: 0, refused: 0, failed: [] });
  });

  it('writes the decision that travels with it to proposal, operations and request', async () => {
    const proposed = await propose(world, { requestId: world.run.runId });
    const decided = change(7, { type: 'proposal.decided', proposalId: proposed.proposalId, decision: 'reject', accepted: [], comment: 'Too much.', by: 'person' });
    await world.as(1).project({ run: world.run, changes: [decided] });
    expect(await readRow(world, 'proposals', proposed.proposalId)).toMatchObject({ status: 'rejected' });
    expect(await readRow(world, 'run_requests', world.run.runId)).toMatchObject({ decision: 'reject', comment: 'Too much.' });
    expect(new Set(await operationStatuses(world, proposed.proposalId))).toEqual(new Set(['refused']));
  });
});
