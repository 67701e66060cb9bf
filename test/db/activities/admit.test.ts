import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AdmitParams } from '../../../activities/records/api.ts';
import { json } from '../../../src/db/values.ts';
import { backends } from '../support/backends.ts';
import { newProject, newUser } from '../support/rows.ts';
import { newWorld, useDatabase } from './harness.ts';
import type { World } from './harness.ts';
import { eventTypes, readRow } from './queries.ts';
import { budget } from './run-events.ts';

function start(argument: AdmitParams['argument'], workflowId = `run-${randomUUID()}`): AdmitParams {
  return { type: 'sample', workflowId, temporalRunId: randomUUID(), fallbackRunId: randomUUID(), argument };
}

describe.each(backends)('admitting runs on $name', ({ start: startDatabase }) => {
  let world: World;
  const database = useDatabase(startDatabase);
  beforeEach(async () => {
    world = await newWorld(database());
  });

  it('admits a run that nobody registered, under the id in its workflow id, for the local user', async () => {
    const id = randomUUID();
    const long = `Plan ${'x'.repeat(5_000)}`;
    const params = start(
      { input: { userPrompt: long }, options: { maxCost: 2, autoExecute: true }, budget: { maxTokens: 5_000 } },
      `run-${id}`,
    );
    const admitted = await world.as(1).admit(params);
    expect(admitted).toMatchObject({
      run: { runId: id, userId: world.userId, type: 'sample' },
      name: long.slice(0, 40),
      options: { maxCost: 2, autoExecute: true },
      limits: { maxCostUsd: 2, maxTokens: 5_000, maxSteps: 200 },
      contractVersion: 3,
      phases: ['plan'],
    });
    expect(admitted.input['userPrompt']).toHaveLength(1_001);
    expect(admitted.reservations['analyze']?.tokens).toBeGreaterThan(5_000 / 3);
    expect(await world.as(2).admit(params)).toEqual(admitted);
    expect(await readRow(world, 'agentic_workflows', id)).toMatchObject({
      input: { userPrompt: long },
      workflow_id: `run-${id}`,
      started_by: 'temporal',
    });
    expect(await eventTypes({ ...world, run: admitted.run })).toEqual(['run.created', 'run.admitted']);
  });

  it('uses the fallback id for a workflow id that holds none', async () => {
    const params = start({ input: { userPrompt: 'x' } }, `my-plan-${randomUUID()}`);
    expect((await world.as(1).admit(params)).run.runId).toBe(params.fallbackRunId);
  });

  it('takes input, options and budget of a registered run from its row', async () => {
    const runId = randomUUID();
    const values = {
      id: runId,
      user_id: world.userId,
      workflow_type: 'sample',
      name: 'Mine',
      workflow_id: `run-${runId}`,
    };
    const limits = { ...budget, limits: { ...budget.limits, maxCostUsd: 7 } };
    await world.database.asService((tx) =>
      tx
        .insertInto('agentic_workflows')
        .values({ ...values, input: json({ userPrompt: 'From the row' }), budget: json(limits) })
        .execute(),
    );
    const admitted = await world.as(1).admit(start({ runId }, `run-${runId}`));
    expect(admitted).toMatchObject({
      name: 'Mine',
      input: { userPrompt: 'From the row' },
      limits: { maxCostUsd: 7, maxSteps: 9 },
    });
    await expect(world.as(1).admit(start({ runId }, 'run-other'))).rejects.toMatchObject({ type: 'conflict' });
  });

  it('refuses a wrong start field by field, and leaves the run behind as failed', async () => {
    const id = randomUUID();
    const refused = world
      .as(1)
      .admit(start({ input: { userPrompt: 5, when: 'soon' }, options: { maxSteps: 'many' } }, `run-${id}`));
    await expect(refused).rejects.toMatchObject({ type: 'invalid_input', nonRetryable: true });
    const kept = await readRow(world, 'agentic_workflows', id);
    expect(kept).toMatchObject({ status: 'failed', error_code: 'invalid_input' });
    const paths = JSON.stringify(kept['error_details']);
    for (const path of ['input.userPrompt', 'options.maxSteps']) expect(paths).toContain(path);
  });

  it('refuses an unknown type with the known ones, a strange argument, and somebody else\u2019s project', async () => {
    const admit = async (params: AdmitParams) => await world.as(1).admit(params);
    await expect(admit({ ...start({}), type: 'juggling' })).rejects.toMatchObject({
      type: 'unknown_workflow_type',
      details: [{ known: ['sample'] }],
    });
    const strange: object = { userPrompt: 'x' };
    await expect(admit(start(strange))).rejects.toMatchObject({
      type: 'invalid_input',
      message: expect.stringContaining('"input"'),
    });
    await expect(admit(start({ userId: randomUUID(), input: { userPrompt: 'x' } }))).rejects.toMatchObject({
      type: 'invalid_input',
      details: [{ problems: [{ path: 'userId' }] }],
    });
    const stranger = await newUser(database());
    const projectId = await database().asService((tx) => newProject(tx, stranger));
    await expect(admit(start({ input: { projectId } }))).rejects.toMatchObject({
      type: 'not_found',
      details: [{ problems: [{ path: 'input.projectId' }] }],
    });
  });
});
