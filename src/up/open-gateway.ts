import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createStewardService } from '../api/service/create-service.ts';
import { createLocalCalendar } from '../calendar/local/provider.ts';
import type { Config } from '../config/config.ts';
import { StewardError } from '../contract/errors.ts';
import type { Database } from '../db/database.ts';
import { abandonIdempotent, beginIdempotent, finishIdempotent, forgetIdempotent } from '../db/idempotency.ts';
import { verifyToken } from '../db/tokens.ts';
import { localUserId } from '../db/users.ts';
import { startDispatcher } from '../dispatcher/dispatcher.ts';
import { openFileStore } from '../files/file-store.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import { defaultGatewayConfig, loopbackNames } from '../gateway/deps.ts';
import type { DependencyState, GatewayDeps } from '../gateway/deps.ts';
import type { ModelService } from '../models/model-service.ts';
import { serveGateway } from '../gateway/serve-gateway.ts';
import type { TemporalClient } from '../temporal/connection.ts';
import { findFreePort } from '../temporal/server/free-port.ts';
import { catalog, streamsOf } from '../../workflows/catalog.ts';

export type GatewayParts = {
  readonly config: Config;
  readonly database: Database;
  readonly temporal: TemporalClient;
  readonly temporalUiUrl: string | null;
  readonly log: Logger;
  /** The models in use, for first estimates; null where this process knows of none. */
  readonly models: Pick<ModelService, 'bound'> | null;
  /** Whether workers run, when they run in this process. */
  readonly workersReady?: () => boolean;
  /** Told what a person should know, such as another port. */
  readonly onNotice?: (text: string) => void;
};

export type OpenGateway = { readonly url: string; readonly close: () => Promise<void> };

const taskQueues = { runs: 'steward-runs' } as const;
const pingMs = 2_000;

async function stateOf(name: string, check: () => Promise<unknown>): Promise<DependencyState> {
  try {
    await check();
    return { name, ready: true, detail: null };
  } catch (error) {
    const detail = error instanceof StewardError ? error.message : error instanceof Error ? error.name : 'unknown';
    return { name, ready: false, detail };
  }
}

async function ping({ database, temporal, workersReady }: GatewayParts): Promise<readonly DependencyState[]> {
  const { connection, client } = temporal;
  const states = [
    stateOf('database', async () => await database.ping()),
    stateOf(
      'temporal',
      async () =>
        await connection.withDeadline(
          Date.now() + pingMs,
          async () => await connection.workflowService.describeNamespace({ namespace: client.options.namespace }),
        ),
    ),
  ];
  const workers = workersReady === undefined ? [] : [{ name: 'workers', ready: workersReady(), detail: null }];
  return [...(await Promise.all(states)), ...workers];
}

async function countRuns(database: Database): Promise<Readonly<Record<string, number>>> {
  const rows = await database.asService(
    async (tx) =>
      await tx
        .selectFrom('agentic_workflows')
        .select(['status', (row) => row.fn.countAll<number>().as('count')])
        .groupBy('status')
        .execute(),
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.count]));
}

function idempotencyOf(database: Database): GatewayDeps['idempotency'] {
  return {
    begin: async (request) => await database.asUser(request.userId, async (tx) => await beginIdempotent(tx, request)),
    finish: async (answer) => await database.asUser(answer.userId, async (tx) => await finishIdempotent(tx, answer)),
    abandon: async (claim) => await database.asUser(claim.userId, async (tx) => await abandonIdempotent(tx, claim)),
  };
}

async function readVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}

async function choosePort({ config: { gateway }, onNotice }: GatewayParts): Promise<number> {
  if (!gateway.portIsDefault) return gateway.port;
  const port = await findFreePort(gateway.port);
  if (port !== gateway.port)
    onNotice?.(`Port ${gateway.port} is taken, so ${port} is used; STEWARD_PORT names another.`);
  return port;
}

// A client that sends a request again a month later means a new one.
const keptKeysMs = 30 * 86_400_000;

async function forgetOldKeys(database: Database): Promise<void> {
  const before = new Date(Date.now() - keptKeysMs).toISOString();
  await database.asService(async (tx) => await forgetIdempotent(tx, { before }));
}

/** The gateway with everything behind it: service, dispatcher, HTTP server. */
export async function openGateway(parts: GatewayParts): Promise<OpenGateway> {
  const { config, database, temporal, temporalUiUrl, log } = parts;
  const now = (): Date => new Date();
  const client = () => temporal.client;
  const calendar = createLocalCalendar({ database });
  const files = openFileStore(join(config.dataDir, 'files'));
  const service = createStewardService({
    database,
    temporal: client,
    catalog,
    files,
    calendar,
    models: parts.models,
    taskQueues,
    ui: { temporalUrl: temporalUiUrl },
    now,
    log,
  });
  const dispatcher = startDispatcher({ database, temporal: client, taskQueues, now, log });
  const app = createGateway({
    authenticate: async (token) => await database.asService(async (tx) => await verifyToken(tx, { token, now: now() })),
    forCaller: (caller) => service.forCaller(caller),
    idempotency: idempotencyOf(database),
    ping: async () => await ping(parts),
    describeTypes: async () =>
      await service.forCaller({ userId: localUserId, scopes: ['runs'], tokenId: null }).listWorkflowTypes(),
    streams: streamsOf(catalog),
    readFeed: async (secret) => await calendar.feed({ secret }),
    metrics: { countRuns: async () => await countRuns(database) },
    config: {
      ...defaultGatewayConfig,
      version: await readVersion(),
      temporalUiUrl,
      allowedHosts: config.gateway.allowedHosts ?? loopbackNames,
    },
    log,
  });
  await forgetOldKeys(database);
  const closeBehind = async (): Promise<void> => {
    await dispatcher.stop();
    await service.close();
  };
  try {
    const served = await serveGateway(app, { host: config.gateway.host, port: await choosePort(parts) });
    return {
      url: served.url,
      close: async () => {
        await served.close();
        await closeBehind();
      },
    };
  } catch (error) {
    await closeBehind();
    throw error;
  }
}
