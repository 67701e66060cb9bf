import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFinished } from '../../src/contract/run.ts';
import type { RequestView, RunDetail } from '../../src/contract/views.ts';
import { answered, everyExample, makeRecords } from '../support/every-type.ts';
import { until } from '../support/runs.ts';
import { startChaos } from './support/chaos.ts';
import type { Chaos } from './support/chaos.ts';
import { expectOnce } from './support/expect-once.ts';

let chaos: Chaos;
beforeEach(async () => {
  chaos = await startChaos();
});
afterEach(async () => await chaos.stop());

/** A call that hung with its worker is missed after 20 s and made again, after a second kill later still. */
const patienceMs = 120_000;
const tools = (body: string): boolean => body.includes('"tools":');

/** Kills everything once models are asked by several runs and none has answered yet. */
async function killAsking(wanted: (body: string) => boolean): Promise<void> {
  let held = 0;
  chaos.proxy.setFaults(({ body }) => {
    if (!wanted(body)) return { kind: 'pass' };
    held += 1;
    return { kind: 'hang' };
  });
  await until('models are asked', async () => await Promise.resolve(held > 0 || null));
  // Others come as far as they do meanwhile: into a call, between two steps, to their proposal.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await chaos.kill();
  chaos.proxy.setFaults(() => ({ kind: 'pass' }));
  await chaos.start();
}

/** All runs asking for a decision or over. */
async function untilSettled(runIds: readonly string[]): Promise<readonly RunDetail[]> {
  const api = await chaos.api();
  const settled: RunDetail[] = [];
  for (const runId of runIds)
    settled.push(
      await until(
        `run ${runId} asks or ends`,
        async () => {
          const run = await api.getRun({ runId });
          if (isFinished(run.status)) return run;
          const open = run.requests.find(({ status }) => status === 'open');
          return open === undefined || (await answered(api, open)) ? null : run;
        },
        patienceMs,
      ),
    );
  return settled;
}

function approvalsOf(runs: readonly RunDetail[]): readonly RequestView[] {
  return runs.flatMap(({ requests }) =>
    requests.filter(({ kind, status }) => kind === 'approval' && status === 'open'),
  );
}

/** What nobody makes twice on purpose: records by what they say and where they belong. */
async function namesOf(kind: 'projects' | 'tasks' | 'phases' | 'notes'): Promise<readonly string[]> {
  const { items } = await (await chaos.api()).listRecords({ kind, limit: 500 });
  return items.map((row) =>
    JSON.stringify([
      row['title'] ?? row['name'],
      row['project_id'] ?? null,
      row['parent_task_id'] ?? null,
      row['content'] ?? null,
    ]),
  );
}

test('runs of every type that are killed while they ask, use tools, wait and apply go on, and do nothing twice', async () => {
  const first = await chaos.api();
  const ids = await makeRecords({ api: first });
  const schedule = await first.createSchedule({
    type: 'generate_daily_brief',
    name: 'Each minute',
    input: {},
    cron: '* * * * *',
    overlap: 'start',
  });
  chaos.proxy.setFaults(() => ({ kind: 'hang' }));
  const started = await Promise.all(
    everyExample(ids).map(
      async ({ type, input }) => await first.startRun({ type, input, options: { requireConfirmation: true } }),
    ),
  );
  const runIds = started.map(({ run }) => run.id);
  await killAsking(() => true);
  // An agent's later turn: the result of its call is there, or is about to be.
  await killAsking((body) => tools(body) && body.includes('"role":"tool"'));
  const asking = approvalsOf(await untilSettled(runIds));
  expect(asking.length).toBeGreaterThan(5);
  await chaos.kill();
  await chaos.start();
  expect(approvalsOf(await untilSettled(runIds)).map(({ id }) => id)).toEqual(asking.map(({ id }) => id));
  const before = await Promise.all((['projects', 'tasks', 'phases', 'notes'] as const).map(namesOf));
  const decide = async (): Promise<void> => {
    const api = await chaos.api();
    for (const { id } of asking)
      await api.decideRequest({ requestId: id, decision: 'approve', messageId: `approve-${id}` });
  };
  await decide();
  // Wherever the applying is now.
  await chaos.kill();
  await chaos.start();
  await decide();
  const api = await chaos.api();
  for (const runId of runIds) {
    const ended = await until(
      `run ${runId} ends`,
      async () => {
        const run = await api.getRun({ runId });
        return isFinished(run.status) ? run : null;
      },
      patienceMs,
    );
    await expectOnce(api, ended);
  }
  const after = await Promise.all((['projects', 'tasks', 'phases', 'notes'] as const).map(namesOf));
  for (const [index, names] of after.entries()) {
    const made = names.filter((name) => before[index]?.includes(name) !== true);
    expect(new Set(made).size).toBe(made.length);
  }
  await api.pauseSchedule({ id: schedule.id });
  const { items: briefs } = await api.listRuns({ type: 'generate_daily_brief', limit: 200 });
  expect(briefs.filter(({ name }) => name === 'Each minute').length).toBeGreaterThan(0);
});
