import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import { defaultRequestTiming } from '../../activities/deps.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createStewardService } from '../../src/api/service/create-service.ts';
import type { StewardApi } from '../../src/api/steward-api.ts';
import { createLocalCalendar } from '../../src/calendar/local/provider.ts';
import type { RequestTiming } from '../../src/contract/request.ts';
import { finishedStatuses } from '../../src/contract/run.ts';
import { openDatabase } from '../../src/db/database.ts';
import type { OpenedDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { ensureLocalUser, localUserId } from '../../src/db/users.ts';
import { startDispatcher } from '../../src/dispatcher/dispatcher.ts';
import { openFileStore } from '../../src/files/file-store.ts';
import { createModelService } from '../../src/models/create-model-service.ts';
import type { Catalogue } from '../../src/models/catalogue/catalogue.ts';
import { loadCatalogue } from '../../src/models/catalogue/load-catalogue.ts';
import { startOfflineModel } from '../../src/models/offline/server.ts';
import { createDataConverter } from '../../src/temporal/data-converter.ts';
import { noOutsideTools } from '../../src/tools/tool-source.ts';
import type { ToolSource } from '../../src/tools/tool-source.ts';
import { loadBundle } from '../../src/worker/bundle.ts';
import { queueNames } from '../../src/worker/queues.ts';
import type { QueueName } from '../../src/worker/queues.ts';
import { runWorkers } from '../../src/worker/run-workers.ts';
import { catalog as fullCatalog } from '../../workflows/catalog.ts';
import type { Catalog } from '../../workflows/catalog.ts';
import { startModelProxy } from './model-proxy.ts';
import type { ModelProxy } from './model-proxy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Workers tell of every state they pass through; tests show what went wrong.
Runtime.install({ logger: new DefaultLogger('ERROR') });

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type TestStewardOptions = {
  readonly temporalAddress: string;
  /** Prices for the offline models, so that budgets have something to count: USD per million tokens, in and out. */
  readonly price?: { readonly input: number; readonly output: number };
  /** Whether models call tools by themselves, as they do unless told otherwise; without it agents speak JSON. */
  readonly nativeTools?: boolean;
  readonly timing?: Partial<RequestTiming>;
  readonly databaseUrl?: string;
  readonly modelTimeoutMs?: number;
  /** Tools from outside for agents. */
  readonly outsideTools?: ToolSource;
  /** Unit of the wait between two attempts of a run. */
  readonly attemptBaseMs?: number;
  /** Another bundle entry and catalogue, for workflow types made to be tested. */
  readonly types?: { readonly entry: string; readonly catalog: Catalog };
};

export type TestSteward = {
  readonly api: StewardApi;
  readonly client: Client;
  readonly database: OpenedDatabase;
  readonly proxy: ModelProxy;
  readonly userId: string;
  /** Stops the workers, as a dying process would, and starts new ones. */
  restartWorkers(): Promise<void>;
  stopWorkers(): Promise<void>;
  /** All of them, or those of some queues. */
  startWorkers(queues?: readonly QueueName[]): Promise<void>;
  stop(): Promise<void>;
};

function priced(catalogue: Catalogue, price: TestStewardOptions['price']): Catalogue {
  if (price === undefined) return catalogue;
  return {
    ...catalogue,
    models: catalogue.models.map((model) =>
      model.offline ? { ...model, price: { ...price, priced: '2026-11-01' } } : model,
    ),
  };
}

function able(catalogue: Catalogue, nativeTools: boolean): Catalogue {
  if (nativeTools) return catalogue;
  const models = catalogue.models.map((model) => ({
    ...model,
    abilities: model.abilities.filter((ability) => ability !== 'tools'),
  }));
  return { ...catalogue, models };
}

// The server is shared: a run left behind would be picked up by the next test's workers, which don't know it.
async function terminateRuns(database: OpenedDatabase, client: Client): Promise<void> {
  const open = await database.asService(
    async (tx) =>
      await tx
        .selectFrom('agentic_workflows')
        .select('workflow_id')
        .where('status', 'not in', [...finishedStatuses])
        .execute(),
  );
  for (const { workflow_id: id } of open) {
    // Ended or unknown is as good.
    if (id !== null)
      await client.workflow
        .getHandle(id)
        .terminate('the test is over')
        .catch(() => undefined);
  }
}

/** The whole of Steward in this process, on a real Temporal server: database, offline model behind a proxy, workers, API. */
export async function startSteward(options: TestStewardOptions): Promise<TestSteward> {
  const dir = await mkdtemp(join(tmpdir(), 'steward-test-'));
  const cacheDir = join(tmpdir(), 'steward-test-cache');
  const database = await openDatabase({
    cacheDir,
    ...(options.databaseUrl === undefined ? {} : { url: options.databaseUrl }),
  });
  await migrate(database);
  await database.asService(async (tx) => await ensureLocalUser(tx, { name: 'Test', timezone: 'Europe/Berlin' }));
  const offline = await startOfflineModel({});
  const proxy = await startModelProxy(offline.url);
  const models = await createModelService({
    baseUrl: proxy.url,
    apiKey: null,
    catalogue: able(priced(await loadCatalogue(null), options.price), options.nativeTools ?? true),
    only: null,
    routing: null,
    ...(options.modelTimeoutMs === undefined ? {} : { timeoutMs: options.modelTimeoutMs }),
  });
  const files = openFileStore(dir);
  const catalog = options.types?.catalog ?? fullCatalog;
  const deps: ActivityDeps = {
    database,
    catalog,
    models,
    files,
    now: () => new Date(),
    localUserId: async () => await Promise.resolve(localUserId),
    log: quiet,
    outsideTools: options.outsideTools ?? noOutsideTools,
    requestTiming: { ...defaultRequestTiming, ...options.timing },
    ...(options.attemptBaseMs === undefined ? {} : { attemptBaseMs: options.attemptBaseMs }),
  };
  const entry = options.types?.entry;
  const bundle = await loadBundle({ root, cacheDir, ...(entry === undefined ? {} : { entry }) });
  const connection = await NativeConnection.connect({ address: options.temporalAddress });
  const launch = async (queues: readonly QueueName[] = queueNames) =>
    await runWorkers({
      queues,
      connection,
      namespace: 'default',
      bundle,
      activities: createActivities(deps),
      dataConverter: createDataConverter({ edge: 'worker', payloadKey: null }),
      failOnAnyError: true,
    });
  let workers = await launch();
  const client = new Client({ connection: await Connection.connect({ address: options.temporalAddress }) });
  const taskQueues = { runs: 'steward-runs' };
  const service = createStewardService({
    database,
    temporal: () => client,
    catalog,
    files,
    calendar: createLocalCalendar({ database }),
    models,
    taskQueues,
    ui: { temporalUrl: null },
    now: () => new Date(),
    log: quiet,
  });
  const dispatcher = startDispatcher({
    database,
    temporal: () => client,
    taskQueues,
    now: () => new Date(),
    log: quiet,
  });
  return {
    api: service.forCaller({ userId: localUserId, scopes: ['admin'], tokenId: null }),
    client,
    database,
    proxy,
    userId: localUserId,
    stopWorkers: async () => await workers.stop(),
    startWorkers: async (queues) => {
      workers = await launch(queues);
    },
    restartWorkers: async () => {
      await workers.stop();
      workers = await launch();
    },
    stop: async () => {
      await terminateRuns(database, client);
      await dispatcher.stop();
      await service.close();
      await workers.stop();
      await client.connection.close();
      await connection.close();
      await proxy.close();
      await offline.close();
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
