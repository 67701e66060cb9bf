import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { isFinished } from '../../src/contract/run.ts';
import type { RunDetail } from '../../src/contract/views.ts';
import { answered, everyType, makeRecords } from '../support/every-type.ts';
import type { RecordIds } from '../support/every-type.ts';
import { until } from '../support/runs.ts';
import { startCluster } from './support/cluster.ts';
import type { Cluster } from './support/cluster.ts';
import { expectOnce } from './support/expect-once.ts';
import type { ClusterProcess } from './support/worker-process.ts';

let cluster: Cluster;
let ids: RecordIds;
beforeEach(async () => {
  cluster = await startCluster(inject('temporalAddress'));
  ids = await makeRecords(cluster);
});
afterEach(async () => await cluster.stop());

/** What a lost worker had under way is missed after 20 s, and done again by the others. */
const patienceMs = 180_000;

async function startAll(options: Readonly<Record<string, boolean>>): Promise<readonly string[]> {
  const started = await Promise.all(
    everyType(ids).map(async (start) => await cluster.api.startRun({ ...start, options })),
  );
  return started.map(({ run }) => run.id);
}

/** The run once `enough` says so, or it is over; what it asks meanwhile is answered by defaults. */
async function untilRun(runId: string, enough: (run: RunDetail) => boolean): Promise<RunDetail> {
  const { api } = cluster;
  return await until(
    `run ${runId} comes as far as it should`,
    async () => {
      const run = await api.getRun({ runId });
      if (isFinished(run.status) || enough(run)) return run;
      for (const request of run.requests) if (request.status === 'open') await answered(api, request);
      return null;
    },
    patienceMs,
  );
}

const asksToDecide = ({ requests }: RunDetail): boolean =>
  requests.some(({ kind, status }) => kind === 'approval' && status === 'open');

async function approve(requests: readonly string[]): Promise<void> {
  for (const requestId of requests)
    await cluster.api.decideRequest({ requestId, decision: 'approve', messageId: `approve-${requestId}` });
}

/** Every run asks for a decision or is over: the requests. */
async function untilAllAsk(runIds: readonly string[]): Promise<readonly string[]> {
  const requests: string[] = [];
  for (const runId of runIds) {
    const { type, error, requests: asked } = await untilRun(runId, asksToDecide);
    expect([type, error]).toEqual([type, null]);
    requests.push(...asked.filter(({ kind }) => kind === 'approval').map(({ id }) => id));
  }
  return requests;
}

async function untilAllEnd(runIds: readonly string[]): Promise<void> {
  for (const runId of runIds) await expectOnce(cluster.api, await untilRun(runId, () => false));
}

/** Records by what they say and where they belong: nobody makes two alike on purpose. */
async function twins(): Promise<readonly object[]> {
  const own = `source_run_id is not null and deleted_at is null`;
  return [
    ...(await cluster.query(
      `select source_run_id, project_id, parent_task_id, title from tasks where ${own} group by 1, 2, 3, 4 having count(*) > 1`,
    )),
    ...(await cluster.query(
      `select run_id, title, start_at from calendar_events where run_id is not null group by 1, 2, 3 having count(*) > 1`,
    )),
    ...(await cluster.query(`select user_id, name from projects group by 1, 2 having count(*) > 1`)),
  ];
}

/** Effects that are not through, and done operations without an effect of their own. */
async function halfDone(): Promise<readonly object[]> {
  return [
    ...(await cluster.query(`select run_id, name, status from effects where status = 'started'`)),
    ...(await cluster.query(
      `select proposal_id, operation_id, status from proposal_operations where status = 'accepted'`,
    )),
    ...(await cluster.query(
      `select p.run_id, count(*) as done,
         (select count(*) from effects e where e.run_id = p.run_id and e.status = 'done'
           and e.name in (select distinct kind from proposal_operations)) as effects
       from proposal_operations o join proposals p on p.id = o.proposal_id where o.status = 'applied'
       group by p.run_id having count(*) <> (select count(*) from effects e where e.run_id = p.run_id
         and e.status = 'done' and e.name in (select distinct kind from proposal_operations))`,
    )),
  ];
}

/** Waits until several models are asked at once, and keeps all of them from answering for a while. */
async function untilAsking(ms: number, least: number): Promise<void> {
  let asked = 0;
  cluster.proxy.setFaults(() => {
    asked += 1;
    return { kind: 'delay', ms };
  });
  await until('models are asked', async () => await Promise.resolve(asked >= least || null));
}

/** Workers that wait for a lock in the middle of applying a proposal. */
async function untilHeld(least: number): Promise<void> {
  await until('proposals are being applied', async () => {
    const held = await cluster.query(`select 1 from pg_locks where relation = 'effects'::regclass and not granted`);
    return held.length >= least ? true : null;
  });
}

test('workers that are killed, or stopped and come back, leave every run to the others and do nothing twice', async () => {
  const [killed, stopped, other] = await Promise.all([
    cluster.startWorker(),
    cluster.startWorker(),
    cluster.startWorker(),
  ]);
  const runIds = await startAll({ requireConfirmation: true });
  await untilAsking(1_000, 6);
  await killed.kill();
  stopped.freeze();
  cluster.proxy.setFaults(() => ({ kind: 'pass' }));
  const requests = await untilAllAsk(runIds);
  expect(requests.length).toBeGreaterThan(4);
  // It takes up what it had in its hands: answers of models came meanwhile, for attempts that were given up.
  stopped.thaw();
  await other.stop();

  // Alone, and in the middle of transactions that apply: three, which leaves it connections for the rest.
  const unlock = await cluster.lock('effects');
  await approve(requests.slice(0, 3));
  await untilHeld(2);
  stopped.freeze();
  const third = await cluster.startWorker();
  await unlock();
  // Longer than an apply may go without a sign of life (15 s): the new worker has it by now, and waits for its rows.
  await new Promise((resolve) => setTimeout(resolve, 18_000));
  stopped.thaw();
  await approve(requests);
  await untilAllEnd(runIds);
  expect(await twins()).toEqual([]);
  expect(await halfDone()).toEqual([]);
  await Promise.all([stopped.stop(), third.stop()]);
});

test('workers that are replaced one after the other in the middle of runs finish what they have in hand', async () => {
  let current: ClusterProcess = await cluster.startWorker();
  const runIds = await startAll({ autoExecute: true });
  await untilAsking(1_000, 2);
  // The first while models work, the second wherever the runs are by then.
  for (let deploy = 0; deploy < 2; deploy += 1) {
    const next = await cluster.startWorker();
    await current.stop();
    current = next;
  }
  cluster.proxy.setFaults(() => ({ kind: 'pass' }));
  await untilAllEnd(runIds);
  // Drained: no call was left unanswered, so none was paid for nothing.
  expect(await cluster.query(`select id from llm_usage_logs where status = 'unknown'`)).toEqual([]);
  expect(await twins()).toEqual([]);
  expect(await halfDone()).toEqual([]);
  await current.stop();
});
