import { beforeEach, describe, expect, it } from 'vitest';
import { backends } from '../support/backends.ts';
import { change, newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { approval, askApproval, newPlan, propose } from './plan.ts';
import type { Plan } from './plan.ts';
import { operationStatuses, readRow } from './queries.ts';

describe.each(backends)('proposing on $name', ({ start: startDatabase }) => {
  let world: World;
  let plan: Plan;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    plan = newPlan();
    world = await newWorld(database(), plan.all);
  });

  it('proposes the same again at a retry', async () => {
    const proposed = await propose(world);
    expect(await propose(world)).toEqual(proposed);
    expect(proposed).toMatchObject({
      revision: 1,
      title: 'The plan',
      counts: { create_task: 2 },
      outlines: [{ id: 'project', requires: [] }, { id: 'phase-1', requires: ['project'] }, {}, {}, {}, {}],
    });
  });

  it('asks for approval with one request, which tells its person once', async () => {
    const proposed = await propose(world);
    const requestId = await askApproval(world, proposed);
    await askApproval(world, proposed);
    const rows = await world.database.asService((tx) =>
      tx.selectFrom('run_requests').selectAll().where('run_id', '=', world.run.runId).execute(),
    );
    expect(rows).toMatchObject([
      {
        id: requestId,
        kind: 'approval',
        status: 'open',
        body: 'Some work.',
        digest: proposed.digest,
        proposal_id: proposed.proposalId,
      },
    ]);
    const told = await world.database.asService((tx) =>
      tx.selectFrom('notification_events').select('event_type').where('target_user_id', '=', world.userId).execute(),
    );
    expect(told).toEqual([{ event_type: 'request.opened' }]);
  });

  it('takes a proposal without operations', async () => {
    const empty = await newWorld(database(), []);
    const proposed = await propose(empty);
    expect(proposed).toMatchObject({ outlines: [], counts: {} });
    expect(await empty.as(1).applyOperations(approval(empty, proposed, []))).toMatchObject({
      applied: 0,
      refused: 0,
      failed: [],
    });
  });

  it('writes the decision that travels with it to proposal, operations and request', async () => {
    const proposed = await propose(world);
    const requestId = await askApproval(world, proposed);
    const decided = change(7, {
      type: 'proposal.decided',
      proposalId: proposed.proposalId,
      decision: 'reject',
      accepted: [],
      comment: 'Too much.',
      by: 'person',
    });
    await world.as(1).project({ run: world.run, changes: [decided] });
    expect(await readRow(world, 'proposals', proposed.proposalId)).toMatchObject({ status: 'rejected' });
    expect(await readRow(world, 'run_requests', requestId)).toMatchObject({
      decision: 'reject',
      comment: 'Too much.',
    });
    expect(new Set(await operationStatuses(world, proposed.proposalId))).toEqual(new Set(['refused']));
  });
});
