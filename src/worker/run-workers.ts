import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { WorkflowBundle } from './bundle.ts';
import { defaultSlots, queueOptions } from './queues.ts';
import type { QueueName, SlotSizes } from './queues.ts';

export type WorkersParams = {
  readonly queues: readonly QueueName[];
  /** Shared by all workers of the process; closed by whoever opened it, after `stop`. */
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly bundle: WorkflowBundle;
  /** What `createActivities` made. */
  readonly activities: object;
  readonly dataConverter?: DataConverter;
  readonly slots?: Partial<SlotSizes>;
  readonly modelCallsPerSecond?: number | null;
  readonly identity?: string;
  /** Tests only: lets a plain error fail a run instead of its task being retried for ever. */
  readonly failOnAnyError?: boolean;
};

export type RunningWorkers = {
  /** Takes no more work, waits for what is under way (20 s, then its cancellation for 10 s more), and returns. */
  stop(): Promise<void>;
  /** Rejects when a worker dies by itself; never resolves. */
  readonly failed: Promise<never>;
};

const graceTime = '20s';
const forceTime = '30s';

function workerOptions(queue: QueueName, params: WorkersParams): WorkerOptions {
  const { connection, namespace, activities, dataConverter, identity, slots, modelCallsPerSecond } = params;
  const runs = queue === 'steward-runs';
  return {
    taskQueue: queue,
    connection,
    namespace,
    activities,
    shutdownGraceTime: graceTime,
    shutdownForceTime: forceTime,
    ...queueOptions(queue, { slots: { ...defaultSlots, ...slots }, modelCallsPerSecond: modelCallsPerSecond ?? null }),
    ...(runs ? { workflowBundle: params.bundle } : {}),
    ...(runs && params.failOnAnyError === true ? { workflowFailureErrorTypes: { '*': ['Error'] } } : {}),
    ...(dataConverter === undefined ? {} : { dataConverter }),
    ...(identity === undefined ? {} : { identity: `${identity}@${queue}` }),
  };
}

async function createAll(params: WorkersParams): Promise<readonly Worker[]> {
  const workers: Worker[] = [];
  // One after another: each validates its namespace over the one connection, and the first failure says it all.
  for (const queue of params.queues) workers.push(await Worker.create(workerOptions(queue, params)));
  return workers;
}

/**
 * Runs one worker per queue in this process. Set `TZ=UTC` for the process: workflow code sees the local time zone.
 * Throws when Temporal refuses a worker (unknown namespace, say).
 */
export async function runWorkers(params: WorkersParams): Promise<RunningWorkers> {
  const workers = await createAll(params);
  const runs = workers.map(async (worker) => await worker.run());
  const failed = new Promise<never>((_resolve, reject) => {
    for (const run of runs) run.catch(reject);
  });
  // Whoever does not look at `failed` must not die of it.
  failed.catch(() => undefined);
  return {
    failed,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
    },
  };
}
