import { beforeEach, describe, expect, it } from 'vitest';
import { backends } from '../support/backends.ts';
import { applyStep, newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { allIds, approval, newPlan, propose } from './plan.ts';
import type { Plan } from './plan.ts';
import { countRows, readRow } from './queries.ts';

describe.each(backends)('undoing a proposal on $name', ({ start: startDatabase }) => {
  let world: World;
  let plan: Plan;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    plan = newPlan();
    world = await newWorld(database(), plan.all);
  });

  it('takes everything back, newest first', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world.as(1).applyOperations(params);
    await world.as(1).applyEvents(params);
    const undo = { run: world.run, proposalId: params.proposalId, reason: 'No.' };
    expect(await world.as(1).undoEvents(undo)).toEqual({
      proposalId: params.proposalId,
      undone: 1,
      kept: [],
      keptCount: 0,
    });
    expect(await world.as(1).undoOperations(undo)).toEqual({
      proposalId: params.proposalId,
      undone: 5,
      kept: [],
      keptCount: 0,
    });
    expect(await world.as(2).undoOperations(undo)).toEqual({
      proposalId: params.proposalId,
      undone: 5,
      kept: [],
      keptCount: 0,
    });
    expect(await countRows(world)).toEqual({
      projects: 0,
      phases: 0,
      tasks: 0,
      dependencies: 0,
      placements: 0,
      events: 0,
    });
    expect(await readRow(world, 'proposals', params.proposalId)).toMatchObject({ status: 'undone' });
    await expect(
      world.as(1).applyOperations({ ...params, step: { ...applyStep, iteration: 2 } }),
    ).rejects.toMatchObject({ type: 'conflict' });
  });

  it('keeps what somebody changed since, with what that needs, and says why', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world.as(1).applyOperations(params);
    await world.as(1).applyEvents(params);
    const { taskId } = plan.second.payload;
    await world.database.asService((tx) =>
      tx.updateTable('tasks').set({ title: 'My own title' }).where('id', '=', taskId).execute(),
    );
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
      tx
        .updateTable('calendar_events')
        .set({ end_at: '2026-03-03T11:00:00.000Z', etag: null })
        .where('user_id', '=', world.userId)
        .execute(),
    );
    const undone = await world.as(1).undoEvents({ run: world.run, proposalId: params.proposalId, reason: 'No.' });
    expect(undone).toMatchObject({ undone: 0, kept: [{ operationId: 'event-1' }] });
    expect(await countRows(world)).toMatchObject({ events: 1 });
  });

  it('lets nothing be applied after it was undone, not even by an attempt that was stopped before', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    await world
      .as(2)
      .undoOperations({ run: world.run, proposalId: params.proposalId, reason: 'The run was cancelled.' });
    await expect(world.as(1).applyOperations(params)).rejects.toMatchObject({ type: 'conflict' });
    expect(await countRows(world)).toMatchObject({ projects: 0, tasks: 0 });
  });
});
