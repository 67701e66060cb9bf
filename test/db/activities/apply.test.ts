import { beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../activities/support/digest.ts';
import { stepEffectKey } from '../../../activities/support/effect-key.ts';
import { claimEffect } from '../../../src/db/effects.ts';
import { backends } from '../support/backends.ts';
import { applyStep, newWorld, sameWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { allIds, approval, newPlan, propose } from './plan.ts';
import type { Plan } from './plan.ts';
import { countRows, readRow } from './queries.ts';

describe.each(backends)('applying a proposal on $name', ({ start: startDatabase }) => {
  let world: World;
  let plan: Plan;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    plan = newPlan();
    world = await newWorld(database(), plan.all);
  });

  it('creates everything that was accepted, once, however often it is asked', async () => {
    const params = approval(world, await propose(world), allIds(plan.all));
    const first = await world.as(1).applyOperations(params);
    const events = await world.as(1).applyEvents(params);
    expect(first).toMatchObject({
      applied: 5,
      refused: 0,
      failed: [],
      counts: { create_project: 1, create_phase: 1, create_task: 2, add_dependency: 1 },
    });
    expect(events).toMatchObject({ applied: 1, refused: 0, failed: [], counts: { schedule_event: 1 } });
    expect(await world.as(2).applyOperations(params)).toEqual(first);
    expect(await world.as(2).applyEvents(params)).toEqual(events);
    expect(await countRows(world)).toEqual({
      projects: 1,
      phases: 1,
      tasks: 2,
      dependencies: 1,
      placements: 2,
      events: 1,
    });
    expect(await readRow(world, 'tasks', plan.first.payload.taskId)).toMatchObject({
      source: 'ai_generated',
      source_run_id: world.run.runId,
      deadline: '2026-03-10T00:00:00.000Z',
    });
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
    await expect(world.as(1).applyOperations(params)).rejects.toMatchObject({
      type: 'stale_attempt',
      nonRetryable: true,
    });
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
    await expect(dying.as(1).applyOperations(params)).rejects.toMatchObject({
      type: 'unavailable',
      nonRetryable: false,
    });
    expect(await countRows(world)).toMatchObject({ projects: 0, phases: 0, tasks: 0 });
    expect(await world.as(2).applyOperations(params)).toMatchObject({ applied: 5, failed: [] });
    expect(await countRows(world)).toMatchObject({ projects: 1, tasks: 2 });
  });
});
