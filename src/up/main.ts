import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createActivities } from '../../activities/index.ts';
import { loadConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import type { OpenedDatabase } from '../db/database.ts';
import { connectTemporal } from '../temporal/connection.ts';
import type { TemporalClient } from '../temporal/connection.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { openTemporal } from '../temporal/open-temporal.ts';
import type { OpenTemporal } from '../temporal/open-temporal.ts';
import { ensureSearchAttributes } from '../temporal/search-attributes.ts';
import { connectWorker } from '../temporal/worker-connection.ts';
import { loadBundle } from '../worker/bundle.ts';
import { activityDeps } from '../worker/main.ts';
import { queueNames } from '../worker/queues.ts';
import { runWorkers } from '../worker/run-workers.ts';
import type { RunningWorkers } from '../worker/run-workers.ts';
import { installRuntime } from '../worker/runtime.ts';
import { Closers } from './closers.ts';
import { ensureLocalAccount, tokenFile, writeUrl } from './local-account.ts';
import { createFileLog } from './log.ts';
import { openMigratedDatabase } from './open-database.ts';
import { openGateway } from './open-gateway.ts';
import { openModels } from './open-models.ts';
import type { OpenModels } from './open-models.ts';
import { openTools } from './open-tools.ts';
import type { OpenTools } from './open-tools.ts';
import { stopSignal } from './signals.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Parts = { readonly config: Config; readonly log: Logger; readonly closers: Closers };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function startTemporal({
  config,
  closers,
}: Parts): Promise<{ readonly temporal: OpenTemporal; readonly client: TemporalClient }> {
  const { dataDir, cacheDir } = config;
  const temporal = await openTemporal({ temporal: config.temporal, dataDir, cacheDir, onProgress: say });
  closers.add('Temporal', temporal.stop);
  const client = await connectTemporal({ address: temporal.address, config });
  closers.add("Temporal's client", client.close);
  await ensureSearchAttributes({ connection: client.connection, namespace: config.temporal.namespace });
  return { temporal, client };
}

async function startDatabase({ config, log, closers }: Parts): Promise<OpenedDatabase> {
  const database = await openMigratedDatabase(config, log);
  closers.add('the database', async () => await database.close());
  await ensureLocalAccount(database, config.dataDir);
  return database;
}

async function startModels({ config, closers }: Parts): Promise<OpenModels> {
  const models = await openModels(config.models);
  closers.add('the models', models.close);
  return models;
}

async function startTools({ config, log, closers }: Parts): Promise<OpenTools> {
  const tools = await openTools(config.mcp, log);
  closers.add('the MCP servers', tools.close);
  return tools;
}

type WorkerNeeds = {
  readonly address: string;
  readonly database: OpenedDatabase;
  readonly models: OpenModels;
  readonly tools: OpenTools;
};

async function startWorkers({ config, log, closers }: Parts, needs: WorkerNeeds): Promise<RunningWorkers> {
  const [connection, bundle] = await Promise.all([
    connectWorker({ address: needs.address, config }),
    loadBundle({ root, cacheDir: config.cacheDir }),
  ]);
  closers.add("the workers' connection", async () => await connection.close());
  const { database, models, tools } = needs;
  const parts = { database, models: models.service, outsideTools: tools.source, log };
  const activities = createActivities(activityDeps(config, parts));
  const dataConverter = createDataConverter({ edge: 'worker', payloadKey: config.payloadKey });
  const workers = await runWorkers({
    queues: queueNames,
    connection,
    namespace: config.temporal.namespace,
    bundle,
    activities,
    dataConverter,
  });
  closers.add('the workers', async () => await workers.stop());
  return workers;
}

/** Starts everything, and returns when all of it is ready. Rejects with the first thing that fails. */
async function start(parts: Parts): Promise<{ readonly failed: Promise<never> }> {
  const { config, log, closers } = parts;
  // Temporal takes the longest; the database and the models open meanwhile.
  const opening = [startTemporal(parts), startDatabase(parts), startModels(parts), startTools(parts)] as const;
  await Promise.allSettled(opening);
  const [{ temporal, client }, database, models, tools] = await Promise.all(opening);
  const workers = await startWorkers(parts, { address: temporal.address, database, models, tools });
  let ready = true;
  workers.failed.catch(() => {
    ready = false;
  });
  const gateway = await openGateway({
    config,
    database,
    temporal: client,
    temporalUiUrl: temporal.uiUrl,
    models: models.service,
    log,
    onNotice: say,
    workersReady: () => ready,
  });
  closers.add('the gateway', gateway.close);
  await writeUrl(config.dataDir, gateway.url);
  announce(config, { gateway: gateway.url, temporal, models, tools });
  return {
    failed: Promise.race([
      workers.failed,
      temporal.exited.then((reason) => Promise.reject(new Error(`Temporal ended: ${reason}`))),
    ]),
  };
}

function announce(
  config: Config,
  up: {
    readonly gateway: string;
    readonly temporal: OpenTemporal;
    readonly models: OpenModels;
    readonly tools: OpenTools;
  },
): void {
  const database = config.databaseUrl === null ? `embedded, in ${config.dataDir}` : 'Postgres (DATABASE_URL)';
  say('');
  say('Steward is ready.');
  say(`  API        ${up.gateway}   docs: ${up.gateway}/docs`);
  say(`  Temporal   ${up.temporal.address}${up.temporal.uiUrl === null ? '' : `   web UI: ${up.temporal.uiUrl}`}`);
  say(`  Models     ${up.models.description}`);
  if (up.tools.servers.length > 0) say(`  MCP        ${up.tools.servers.join(', ')}   from ${config.mcp.file}`);
  say(`  Database   ${database}`);
  say(`  Token      ${tokenFile(config.dataDir)}`);
  say('');
  say('Try it in another terminal:  npx steward start project_planning --prompt "Plan my move to Berlin" --watch');
  say('Ctrl-C stops everything; open runs go on at the next start.');
}

/**
 * `steward up`: Temporal, database, models, workers and gateway in one process. Says that it is ready once, when it is
 * true. SIGINT and SIGTERM drain and end it with 0; whatever was under way goes on at the next start.
 */
export async function up(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const { log, file } = await createFileLog(config);
  for (const name of config.unknownSettings) say(`warning: ${name} is no setting of Steward`);
  installRuntime(log);
  const closers = new Closers(log);
  const stopped = stopSignal();
  try {
    const running = start({ config, log, closers });
    // A signal during the start: let it finish, then close; closing half-opened parts would leave some behind.
    const { failed } = await running;
    const signal = await Promise.race([stopped, failed]);
    say(`\n${signal}: stopping …`);
  } catch (error) {
    log.error({ err: error }, 'Steward failed');
    await closers.closeAll();
    say(`See ${file}`);
    throw error;
  }
  await closers.closeAll();
  say('Stopped.');
  // Whatever library still holds a timer, everything of ours is closed.
  process.exit(0);
}
