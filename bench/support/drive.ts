import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ended, OpenApproval, RowCounts } from '../processes/rows.ts';
import { baselineQueue } from '../baseline/worker.ts';
import { planText } from './plan-text.ts';
import type { CpuMs, Side, World } from './world.ts';

export type RunOptions = { readonly autoExecute?: boolean };
export type Driven = {
  readonly runIds: readonly string[];
  readonly wallMs: number;
  readonly cpu: CpuMs;
  readonly rows: RowCounts;
};

// One run is timed to the hundredth; many are not to be slowed down by looking.
const pollMs = { few: 20, many: 200 } as const;
const few = 5;
const atOnce = 40;

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const hands = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  });
  await Promise.all(hands);
}

export function workflowIdOf(runId: string): string {
  return `run-${runId}`;
}

async function start(
  world: World,
  side: Side,
  run: { readonly runId: string; readonly userId: string; readonly options: RunOptions },
): Promise<void> {
  const { runId, userId, options } = run;
  const input = { userPrompt: planText };
  const steward = side === 'steward';
  const argument = steward ? { runId, userId, input, options } : { runId, userId, input };
  await world.client.workflow.start(steward ? 'project_planning' : 'baseline_planning', {
    workflowId: workflowIdOf(runId),
    taskQueue: steward ? 'steward-runs' : baselineQueue,
    args: [argument],
  });
}

function lessCpu(after: CpuMs, before: CpuMs): CpuMs {
  return {
    server: after.server - before.server,
    worker: after.worker - before.worker,
    database: after.database - before.database,
  };
}

/** Answers each approval as it opens, until all runs have completed. Throws when one fails, or when nothing happens for two minutes. */
async function approveUntilDone(world: World, before: number, runs: number): Promise<void> {
  const decided = new Set<string>();
  let done = -1;
  let movedAtMs = Date.now();
  while (done < runs) {
    const approvals = await world.worker.ask<readonly OpenApproval[]>('approvals');
    const fresh = approvals.filter(({ requestId }) => !decided.has(requestId));
    await inParallel(fresh, async ({ runId, requestId }) => {
      decided.add(requestId);
      await world.client.workflow.getHandle(workflowIdOf(runId)).signal('decide', { requestId, decision: 'approve' });
    });
    const { completed, failed } = await world.worker.ask<Ended>('ended');
    if (failed > 0) throw new Error(`${failed} runs failed.`);
    if (completed > done || fresh.length > 0) movedAtMs = Date.now();
    done = completed;
    if (Date.now() - movedAtMs > 120_000) throw new Error(`Only ${done} of ${runs} runs completed.`);
    if (done < runs) await sleep(runs - before <= few ? pollMs.few : pollMs.many);
  }
}

/** Starts runs at once, each for a user of its own, decides what they propose, and waits for all of them. */
export async function drive(
  world: World,
  side: Side,
  params: { readonly runs: number; readonly options: RunOptions },
): Promise<Driven> {
  const users = await world.worker.ask<readonly string[]>('users', { count: params.runs });
  const runs = users.map((userId) => ({ runId: randomUUID(), userId, options: params.options }));
  const before = await world.cpu();
  const { completed: done } = await world.worker.ask<Ended>('ended');
  const startedMs = performance.now();
  await inParallel(runs, async (run) => await start(world, side, run));
  await approveUntilDone(world, done, done + params.runs);
  await inParallel(runs, async ({ runId }) => {
    await world.client.workflow.getHandle(workflowIdOf(runId)).result();
  });
  const wallMs = performance.now() - startedMs;
  const cpu = lessCpu(await world.cpu(), before);
  return { runIds: runs.map((run) => run.runId), wallMs, cpu, rows: await world.worker.ask<RowCounts>('rows') };
}
