import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ApplyParams, Proposed } from '../../../activities/records/api.ts';
import type { CreateTask, Operation, StoredChoice } from '../../../src/contract/proposal.ts';
import { backends } from '../support/backends.ts';
import { change, newWorld, sameWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { allIds, approval, newPlan, propose } from './plan.ts';
import { countRows, eventTypes, readRow } from './queries.ts';

const tasks = 1_200;

/** A plan with its two tasks, and many more that need nothing but its phase. */
function longPlan(): { readonly all: readonly Operation[]; readonly first: CreateTask } {
  const { all, first } = newPlan();
  const more = Array.from({ length: tasks }, (_none, index): CreateTask => {
    const id = `more-${String(index + 1)}`;
    return { ...first, id, payload: { ...first.payload, taskId: randomUUID(), title: id, order: index + 3 } };
  });
  return { all: [...all, ...more], first };
}

function approved(world: World, proposed: Proposed, choice: StoredChoice): ApplyParams {
  return { ...approval(world, proposed, []), choice };
}

/** A database whose transactions fail from the given one on. */
function cutAfter(database: World['database'], commits: number): World['database'] {
  let done = 0;
  return {
    ...database,
    asService: async (work) =>
      await database.asService(async (tx) => {
        const result = await work(tx);
        done += 1;
        if (done > commits) throw Object.assign(new Error('connection terminated'), { code: 'ECONNRESET' });
        return result;
      }),
  };
}

async function statuses({ database }: World, proposalId: string): Promise<Readonly<Record<string, number>>> {
  const rows = await database.asService((tx) =>
    tx
      .selectFrom('proposal_operations')
      .select((row) => ['status', row.fn.countAll<number>().as('count')])
      .where('proposal_id', '=', proposalId)
      .groupBy('status')
      .execute(),
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

describe.each(backends)('a proposal too long to be carried, on $name', ({ start: startDatabase }) => {
  let world: World;
  let plan: ReturnType<typeof longPlan>;
  let proposed: Proposed;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    plan = longPlan();
    world = await newWorld(database(), plan.all);
    proposed = await propose(world);
  });

  it('is told by its number of operations alone', () => {
    expect(proposed.outlines).toEqual({ total: plan.all.length });
    expect(JSON.stringify(proposed).length).toBeLessThan(1_000);
  });

  it('keeps a choice among its operations and refuses one that does not hold', async () => {
    const { run } = world;
    const { proposalId } = proposed;
    const chosen = await world.as(1).choose({ run, proposalId, wanted: { except: ['task-1', 'more-7'] } });
    // The dependency and the block need the task.
    expect(chosen).toMatchObject({ ok: true, choice: { accepted: plan.all.length - 4 } });
    expect(await world.as(2).choose({ run, proposalId, wanted: { except: ['more-7', 'task-1'] } })).toEqual(chosen);
    const wrong = await world.as(1).choose({ run, proposalId, wanted: { operations: allIds(plan.all).slice(1) } });
    expect(wrong).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('needs project') }] });
    expect(JSON.stringify(wrong).length).toBeLessThan(5_000);
    expect(await world.as(1).choose({ run, proposalId, wanted: { choiceId: 'x' } })).toMatchObject({ ok: false });
    const stranger = await newWorld(database());
    await expect(stranger.as(1).choose({ run: stranger.run, proposalId, wanted: {} })).rejects.toMatchObject({
      type: 'not_found',
    });
  });

  it('is applied but for what was refused, and undone', async () => {
    const { run } = world;
    const { proposalId } = proposed;
    const chosen = await world.as(1).choose({ run, proposalId, wanted: { except: ['event-1', 'more-1199'] } });
    if (!chosen.ok) throw new Error('refused');
    const { choice } = chosen;
    const decided = { proposalId, decision: 'approve', accepted: [], choice, comment: null, by: 'person' } as const;
    await world.as(1).project({ run, changes: [change(7, { type: 'proposal.decided', ...decided })] });
    expect(await statuses(world, proposalId)).toEqual({ accepted: plan.all.length - 2, refused: 2 });
    const params = approved(world, proposed, choice);
    const first = await world.as(1).applyOperations(params);
    expect(first).toMatchObject({ applied: plan.all.length - 2, refused: 1, failed: [], failedCount: 0 });
    expect(await world.as(1).applyEvents(params)).toMatchObject({ applied: 0, refused: 1 });
    expect(await world.as(2).applyOperations(params)).toEqual(first);
    expect(await countRows(world)).toMatchObject({ projects: 1, tasks: tasks + 1, events: 0 });
    expect(await readRow(world, 'proposals', proposalId)).toMatchObject({ status: 'partly_applied' });
    const told = (await eventTypes(world)).filter((type) => type.startsWith('operations.'));
    expect(told).toEqual(['operations.progress', 'operations.progress', 'operations.applied', 'operations.applied']);
    const undone = await world.as(1).undoOperations({ run, proposalId, reason: 'Wrong year' });
    expect(undone).toMatchObject({ undone: plan.all.length - 2, kept: [], keptCount: 0 });
    expect(await readRow(world, 'proposals', proposalId)).toMatchObject({ status: 'undone' });
  });

  it('goes on where it was cut off, and does each operation once', async () => {
    const params = approved(world, proposed, { choiceId: null, accepted: plan.all.length });
    const dying = sameWorld(world, { database: cutAfter(world.database, 1) });
    await expect(dying.as(1).applyOperations(params)).rejects.toMatchObject({ type: 'unavailable' });
    expect(await statuses(world, params.proposalId)).toMatchObject({ applied: 500 });
    expect(await world.as(2).applyOperations(params)).toMatchObject({ applied: plan.all.length - 1 });
    expect(await countRows(world)).toMatchObject({ projects: 1, phases: 1, tasks: tasks + 2 });
  });

  it('is undone from where an undo was cut off, and what is kept keeps what it needs', async () => {
    const { run } = world;
    const { proposalId } = proposed;
    await world.as(1).applyOperations(approved(world, proposed, { choiceId: null, accepted: plan.all.length }));
    await world.database.asService((tx) =>
      tx.updateTable('tasks').set({ title: 'Mine' }).where('id', '=', plan.first.payload.taskId).execute(),
    );
    const dying = sameWorld(world, { database: cutAfter(world.database, 1) });
    const undo = { run, proposalId, reason: 'Wrong year' };
    await expect(dying.as(1).undoOperations(undo)).rejects.toMatchObject({ type: 'unavailable' });
    expect(await statuses(world, proposalId)).toMatchObject({ undone: 500 });
    const { kept, undone } = await world.as(2).undoOperations(undo);
    expect(kept.map(({ operationId }) => operationId)).toEqual(['task-1', 'phase-1', 'project']);
    expect(undone).toBe(plan.all.length - 1 - 3);
    expect(await countRows(world)).toMatchObject({ projects: 1, phases: 1, tasks: 1 });
  });

  it('lets no old attempt commit another batch after a newer one took over', async () => {
    const params = approved(world, proposed, { choiceId: null, accepted: plan.all.length });
    const [old, newer] = await Promise.allSettled([
      world.as(1).applyOperations(params),
      world.as(2).applyOperations(params),
    ]);
    expect(newer).toMatchObject({ status: 'fulfilled', value: { applied: plan.all.length - 1, failed: [] } });
    if (old.status === 'rejected') expect(old.reason).toMatchObject({ type: 'stale_attempt' });
    expect(await countRows(world)).toMatchObject({ projects: 1, tasks: tasks + 2 });
  });
});
