import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { approve, roadmap, startRun, until, untilAsked, untilEnded } from '../support/runs.ts';
import { expectAppliedOnce, expectSound, recordsOf } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price: { input: 1, output: 1 } });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

async function callsOf(runId: string): Promise<readonly string[]> {
  const rows = await steward.database.asService(
    async (tx) => await tx.selectFrom('llm_usage_logs').select('operation_type').where('run_id', '=', runId).execute(),
  );
  return rows.map((row) => row.operation_type).sort();
}

const everyCall = ['analyze', 'dependencies', 'plan', 'summarize', 'tasks', 'tasks', 'tasks'].map(
  (call) => `project_planning.${call}`,
);

describe('workers that stop and start again', () => {
  test.each(['analyze', 'plan', 'tasks', 'dependencies', 'summarize'])(
    'during the call %s finish it first: no call is paid twice, nothing is applied twice',
    async (operation) => {
      const restarts: Promise<void>[] = [];
      steward.proxy.setFaults((call) => {
        if (restarts.length > 0 || !call.operation.endsWith(operation)) return { kind: 'pass' };
        restarts.push(steward.restartWorkers());
        return { kind: 'delay', ms: 300 };
      });
      const runId = await startRun(steward, { options: { autoExecute: true } });
      const run = await untilEnded(steward, runId);
      await Promise.all(restarts);
      expect(run).toMatchObject({ status: 'completed' });
      expect(await callsOf(runId)).toEqual(everyCall);
      await expectAppliedOnce(steward, runId);
      await expectSound(steward, runId);
    },
  );

  test('while a person thinks lose nothing: the decision may even come while no worker is there', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    await steward.stopWorkers();
    const decided = steward.client.workflow.getHandle(`run-${runId}`).signal('decide', { decision: 'approve' });
    await decided;
    await steward.startWorkers();
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    expect((await steward.api.listRequests({ runId })).items).toEqual([
      expect.objectContaining({ id: request.id, decision: 'approve' }),
    ]);
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });

  test('between the records and the calendar of a proposal apply the rest, and the first part once', async () => {
    const runId = await startRun(steward);
    await untilAsked(steward, runId, 'approval');
    await steward.stopWorkers();
    await steward.startWorkers(['steward-runs', 'steward-records', 'steward-model']);
    await approve(steward, runId);
    await until('the records are there', async () =>
      (await recordsOf(steward, runId)).tasks.length > 0 ? true : null,
    );
    expect((await recordsOf(steward, runId)).blocks).toEqual([]);
    await steward.restartWorkers();
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });

  test('again and again under several runs at once finish all of them', async () => {
    const runIds = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const input = { userPrompt: roadmap() };
        return await startRun(steward, { input, options: { autoExecute: true } });
      }),
    );
    const ended = Promise.all(runIds.map(async (runId) => await untilEnded(steward, runId)));
    for (let round = 0; round < 3; round += 1) await steward.restartWorkers();
    for (const run of await ended) {
      expect(run).toMatchObject({ status: 'completed' });
      expect(await callsOf(run.id)).toEqual(everyCall);
      await expectAppliedOnce(steward, run.id);
      await expectSound(steward, run.id);
    }
  });
});
