import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createCalendarActivities } from '../../../../activities/calendar/calendar.ts';
import { defaultRequestTiming } from '../../../../activities/deps.ts';
import type { ActivityDeps } from '../../../../activities/deps.ts';
import { createRecordsActivities } from '../../../../activities/records/records.ts';
import type { RunDetail } from '../../../../src/contract/views.ts';
import type { RunStatus } from '../../../../src/contract/run.ts';
import { openFileStore } from '../../../../src/files/file-store.ts';
import { anyDraft } from '../../../../src/schemas/workflow-contract.ts';
import type { WorkflowContract } from '../../../../src/schemas/workflow-contract.ts';
import type { StewardApi } from '../../../../src/api/steward-api.ts';
import { loadBundle } from '../../../../src/worker/bundle.ts';
import { noOutsideTools } from '../../../../src/tools/tool-source.ts';
import { runWorkers } from '../../../../src/worker/run-workers.ts';
import { installRuntime } from '../../../../src/worker/runtime.ts';
import { createCatalog } from '../../../../workflows/catalog.ts';
import { startDispatcher } from '../../../../src/dispatcher/dispatcher.ts';
import { startDevServer } from './dev-server.ts';
import { ann, quiet, sample, startTestService } from './test-service.ts';
import type { TestService } from './test-service.ts';

const planning: WorkflowContract = {
  ...sample,
  drafts: {
    plan: anyDraft<{ readonly colour: string }>({
      facts: [],
      title: () => 'Plan the fence',
      draft: (_facts, { colour }, tools) => ({
        title: 'Paint the fence',
        summary: `In ${colour}.`,
        notes: [],
        operations: ['Buy paint', 'Paint'].map((title, index) => ({
          id: `op${index + 1}`,
          kind: 'create_task',
          title,
          reason: 'asked for',
          requires: [],
          payload: {
            taskId: tools.newId(`task-${index}`),
            title: `${title} (${colour})`,
            description: null,
            taskSteps: null,
            priority: 'medium',
            durationMinutes: 30,
            startDate: null,
            deadline: null,
            projectId: null,
            phaseId: null,
            order: index,
            parentTaskId: null,
            assignmentReason: null,
          },
        })),
      }),
    }),
  },
};

// No call of these tests asks a model.
const noModels: ActivityDeps['models'] = {
  ask: () => Promise.reject(new Error('no model here')),
  estimate: () => ({ usd: 0, tokens: 0 }),
} as unknown as ActivityDeps['models'];

export type World = {
  readonly test: TestService;
  readonly client: Client;
  readonly api: StewardApi;
  stop(): Promise<void>;
};

/** The service, a Temporal server, and workers with the real kernel and the real activities on records. */
export async function startWorld(): Promise<World> {
  installRuntime(quiet);
  const server = await startDevServer();
  const client = new Client({ connection: server.connection });
  const catalog = createCatalog([planning]);
  const test = await startTestService({ temporal: () => client, catalog });
  const connection = await NativeConnection.connect({ address: server.address });
  const { database } = test.db;
  const files = openFileStore(path.join(tmpdir(), 'steward-world-files'));
  const deps: ActivityDeps = {
    database,
    catalog,
    models: noModels,
    files,
    now: () => new Date(),
    localUserId: () => Promise.resolve(ann),
    log: quiet,
    outsideTools: noOutsideTools,
    requestTiming: defaultRequestTiming,
  };
  const entry = path.join(import.meta.dirname, 'workflows.ts');
  const bundle = await loadBundle({
    root: path.resolve(import.meta.dirname, '../../../..'),
    cacheDir: 'node_modules/.cache/steward',
    entry,
  });
  const workers = await runWorkers({
    queues: ['steward-runs', 'steward-records', 'steward-calendar'],
    connection,
    namespace: 'default',
    bundle,
    activities: { ...createRecordsActivities(deps), ...createCalendarActivities(deps) },
    failOnAnyError: true,
  });
  const dispatcher = startDispatcher({
    database,
    temporal: () => client,
    taskQueues: { runs: 'steward-runs' },
    now: () => new Date(),
    log: quiet,
  });
  return {
    test,
    client,
    api: test.as(ann),
    async stop() {
      await dispatcher.stop();
      await workers.stop();
      await connection.close();
      await test.stop();
      await server.stop();
    },
  };
}

type Wanted = { readonly runId: string; readonly status: RunStatus; readonly check?: (run: RunDetail) => boolean };

/** The run as soon as it stands so. */
export async function until(api: StewardApi, { runId, status, check = () => true }: Wanted): Promise<RunDetail> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const run = await api.getRun({ runId });
    if (run.status === status && check(run)) return run;
    await sleep(50);
  }
  const run = await api.getRun({ runId });
  throw new Error(`the run is ${run.status} instead of ${status}: ${JSON.stringify(run.error)}`);
}
