import type { ProjectParams } from '../../../activities/records/api.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/contract/events.ts';
import { noCost } from '../../../src/contract/step.ts';
import { json } from '../../../src/db/values.ts';
import { backends } from '../support/backends.ts';
import { newUser } from '../support/rows.ts';
import { change, newWorld, step, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { eventTypes, readRow } from './queries.ts';
import { finished, running, waiting } from './run-events.ts';

describe.each(backends)('changes of runs on $name', ({ start: startDatabase }) => {
  let world: World;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    world = await newWorld(database());
  });
  const row = async () => await readRow(world, 'agentic_workflows', world.run.runId);
  const project = async (changes: Parameters<ReturnType<World['as']>['project']>[0]['changes']) =>
    await world.as(1).project({ run: world.run, changes });

  it('writes each change once, and its event once', async () => {
    const changes = [change(1, running), change(2, { type: 'run.phase', phase: 'plan' }), change(3, waiting)];
    await project(changes);
    await project(changes);
    expect(await row()).toMatchObject({
      status: 'waiting',
      phase: 'plan',
      waiting_on: { kind: 'approval' },
      state_seq: 3,
    });
    expect((await eventTypes(world)).slice(2)).toEqual(['run.status', 'run.phase', 'run.status']);
  });

  it('never lets an older change overwrite a newer one, and still lists it', async () => {
    await project([change(4, waiting)]);
    await project([change(3, running)]);
    expect(await row()).toMatchObject({ status: 'waiting', state_seq: 4 });
    expect((await eventTypes(world)).slice(2)).toEqual(['run.status', 'run.status']);
  });

  it('believes a workflow task that is done again, and tells otherwise, more than the one that was lost', async () => {
    await project([change(1, running), change(2, { type: 'run.phase', phase: 'plan' }), change(3, waiting)]);
    const at = change(60, running).at;
    const paused: RunEvent = { type: 'run.status', status: 'paused', waitingOn: null, reason: null };
    // A message that came meanwhile is taken first: each change after it has another number than before.
    const again = [change(2, paused), change(3, { type: 'run.phase', phase: 'order' })].map((one) => ({ ...one, at }));
    await project(again);
    await project(again);
    expect(await row()).toMatchObject({ status: 'paused', phase: 'order', waiting_on: null, state_seq: 3 });
    const told = ['run.status', 'run.phase', 'run.status', 'run.status', 'run.phase'];
    expect((await eventTypes(world)).slice(2)).toEqual(told);
    // And so it is with its end, which is told of once.
    await project([change(4, finished)]);
    const other = change(5, { ...finished, type: 'run.finished', outcome: 'rejected' } as RunEvent);
    await project([{ ...other, at }]);
    expect(await row()).toMatchObject({ status: 'completed', outcome: 'rejected', state_seq: 5 });
    told.push('run.finished');
    expect((await eventTypes(world)).slice(2)).toEqual(told);
    // The lost one's worker comes back.
    await project([change(2, { type: 'run.phase', phase: 'plan' }), change(3, waiting)]);
    await project([change(2, { type: 'run.phase', phase: 'late' })]);
    expect(await row()).toMatchObject({ status: 'completed', phase: 'order', state_seq: 5 });
    expect((await eventTypes(world)).slice(2)).toEqual(told);
  });

  it('takes changes of a rerun, whose numbers begin anew, as newer ones', async () => {
    await project([change(5, finished)]);
    await world.database.asService((tx) =>
      tx
        .updateTable('agentic_workflows')
        .set({ epochs: json([{ fromStep: 2, epoch: 1 }]) })
        .where('id', '=', world.run.runId)
        .execute(),
    );
    await project([change(5, running)]);
    expect(await row()).toMatchObject({ status: 'running', completed_at: null, outcome: null, output: null });
    expect((await eventTypes(world)).slice(2)).toEqual(['run.finished', 'run.status']);
  });

  it('does not set a finished step back to running, unless a rerun does it again', async () => {
    const first = step(2);
    const ended: RunEvent = {
      type: 'step.finished',
      step: first,
      status: 'completed',
      output: { a: 1 },
      reasoning: 'So.',
      cost: { ...noCost, usd: 0.5, promptTokens: 10, completionTokens: 5, attempts: 2, model: 'm' },
      error: null,
    };
    const started: RunEvent = { type: 'step.started', step: first, input: { b: 2 } };
    const read = async () =>
      await world.database.asService((tx) =>
        tx
          .selectFrom('agentic_workflow_steps')
          .selectAll()
          .where('workflow_id', '=', world.run.runId)
          .executeTakeFirstOrThrow(),
      );
    await project([change(2, ended)]);
    await project([change(1, started)]);
    expect(await read()).toMatchObject({
      status: 'completed',
      output: { a: 1 },
      reasoning: 'So.',
      cost_usd: 0.5,
      tokens_used: 15,
      retry_count: 1,
    });
    await world.database.asService((tx) =>
      tx
        .updateTable('agentic_workflows')
        .set({ epochs: json([{ fromStep: 1, epoch: 1 }]) })
        .where('id', '=', world.run.runId)
        .execute(),
    );
    await project([change(3, started)]);
    expect(await read()).toMatchObject({ status: 'running', output: null, cost_usd: null });
  });

  it('refuses changes of a run that is not there or not this person\u2019s', async () => {
    const stranger = await newUser(database());
    const write = async (params: ProjectParams) => await world.as(1).project(params);
    await expect(
      write({ run: { ...world.run, userId: stranger }, changes: [change(1, running)] }),
    ).rejects.toMatchObject({ type: 'not_found' });
    await expect(
      write({ run: { ...world.run, runId: randomUUID() }, changes: [change(1, running)] }),
    ).rejects.toMatchObject({ type: 'not_found' });
  });

  it('keeps long texts out of the stream of events', async () => {
    await project([
      change(1, {
        type: 'step.finished',
        step: step(1),
        status: 'completed',
        output: { text: 'x'.repeat(100_000) },
        reasoning: null,
        cost: null,
        error: null,
      }),
    ]);
    const [event] = await world.database.asService((tx) =>
      tx
        .selectFrom('run_events')
        .select('data')
        .where('run_id', '=', world.run.runId)
        .where('type', '=', 'step.finished')
        .execute(),
    );
    expect(JSON.stringify(event?.data).length).toBeLessThan(4_000);
  });
});
