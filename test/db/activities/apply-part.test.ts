import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/contract/proposal.ts';
import { backends } from '../support/backends.ts';
import { newWorld, sameWorld, step, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { allIds, approval, newPlan, propose } from './plan.ts';
import type { Plan } from './plan.ts';
import { countRows, operationStatuses, readRow } from './queries.ts';

describe.each(backends)('applying a part of a proposal on $name', ({ start: startDatabase }) => {
  let world: World;
  let plan: Plan;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    plan = newPlan();
    world = await newWorld(database(), plan.all);
  });

  it('applies a part and marks the rest as refused', async () => {
    const params = approval(world, await propose(world), ['project', 'phase-1', 'task-1']);
    expect(await world.as(1).applyOperations(params)).toMatchObject({ applied: 3, refused: 2 });
    expect(await world.as(1).applyEvents(params)).toMatchObject({ applied: 0, refused: 1 });
    expect(await operationStatuses(world, params.proposalId)).toEqual([
      'applied',
      'applied',
      'applied',
      'refused',
      'refused',
      'refused',
    ]);
    expect(await readRow(world, 'proposals', params.proposalId)).toMatchObject({ status: 'partly_applied' });
  });

  it('keeps a failure to the operation and to what needs it', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    // Somebody else's task has the id already.
    const stranger = await newWorld(database());
    await world.database.asService((tx) =>
      tx
        .insertInto('tasks')
        .values({ id: plan.first.payload.taskId, user_id: stranger.userId, title: 'Mine' })
        .execute(),
    );
    const applied = await world.as(1).applyOperations(params);
    const events = await world.as(1).applyEvents(params);
    expect(applied.applied).toBe(3);
    expect(applied.failed.map((one) => one.operationId)).toEqual(['task-1', 'dependency-1']);
    expect(applied.failed[1]?.error).toBe('It needs task-1, which was not applied.');
    expect(events.failed.map((one) => one.operationId)).toEqual(['event-1']);
    expect(await operationStatuses(world, params.proposalId)).toEqual([
      'applied',
      'applied',
      'failed',
      'applied',
      'skipped',
      'skipped',
    ]);
    expect(await countRows(world)).toMatchObject({ projects: 1, tasks: 1, events: 0 });
  });

  it('refuses a digest that is not the stored one, a choice that does not hold, and an unknown proposal', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    const applyOperations = async (given: typeof params) => await world.as(1).applyOperations(given);
    await expect(applyOperations({ ...params, digest: 'other' })).rejects.toMatchObject({
      type: 'stale_digest',
      details: [{ expected: params.digest, given: 'other' }],
    });
    await expect(applyOperations({ ...params, accepted: ['task-1'] })).rejects.toMatchObject({ type: 'invalid_input' });
    await expect(applyOperations({ ...params, proposalId: world.run.runId })).rejects.toMatchObject({
      type: 'not_found',
    });
    const stranger = await newWorld(database());
    await expect(stranger.as(1).applyOperations({ ...params, run: stranger.run })).rejects.toMatchObject({
      type: 'not_found',
    });
    expect(await countRows(world)).toMatchObject({ projects: 0 });
  });

  it('does not overwrite what the person changed after the proposal was made', async () => {
    const created = approval(world, await propose(world), allIds(plan.all));
    await world.as(1).applyOperations(created);
    const { taskId } = plan.first.payload;
    const update: Operation = {
      id: 'u',
      kind: 'update_task',
      title: 'Shorter',
      reason: '',
      requires: [],
      payload: { taskId, changes: { durationMinutes: 30 }, phaseId: null, order: 1 },
    };
    const second = sameWorld(world, { database: world.database, draft: [update] });
    const proposed = await second.as(1).propose({
      run: world.run,
      step: step(12, { iteration: 2 }),
      draft: 'plan',
      params: {},
      changes: [],
    });
    expect(proposed.revision).toBe(2);
    await world.database.asService((tx) =>
      tx.updateTable('tasks').set({ duration_minutes: 45 }).where('id', '=', taskId).execute(),
    );
    const applied = await second.as(1).applyOperations({
      ...approval(world, proposed, ['u']),
      step: step(13, { path: 'apply:apply', iteration: 2, type: 'apply' }),
    });
    expect(applied.failed).toEqual([
      { operationId: 'u', error: 'The task was changed after the proposal was made: duration_minutes.' },
    ]);
    expect(await readRow(world, 'tasks', taskId)).toMatchObject({ duration_minutes: 45 });
  });
});
