import pino from 'pino';
import { createHttpClient } from '../../../src/api/http-client.ts';
import type { StewardApi } from '../../../src/api/steward-api.ts';
import type { Scope } from '../../../src/api/tokens-api.ts';
import { createLocalCalendar } from '../../../src/calendar/local/provider.ts';
import { abandonIdempotent, beginIdempotent, finishIdempotent } from '../../../src/db/idempotency.ts';
import { createToken, verifyToken } from '../../../src/db/tokens.ts';
import { createGateway } from '../../../src/gateway/create-gateway.ts';
import { defaultGatewayConfig } from '../../../src/gateway/deps.ts';
import type {
  Caller,
  DependencyState,
  GatewayConfig,
  GatewayDeps,
  IdempotencyStore,
} from '../../../src/gateway/deps.ts';
import { serveGateway } from '../../../src/gateway/serve-gateway.ts';
import type { ServedGateway } from '../../../src/gateway/serve-gateway.ts';
import { ann, ben, startTestService } from '../service/support/test-service.ts';
import type { Catalog } from '../../../workflows/catalog.ts';
import type { TestService } from '../service/support/test-service.ts';

export type GatewayOverrides = {
  readonly config?: Partial<GatewayConfig>;
  /** Replaces calls that need a Temporal server. */
  readonly calls?: (api: StewardApi, caller: Caller) => Partial<StewardApi>;
  readonly streams?: GatewayDeps['streams'];
  /** Other types than the sample. */
  readonly catalog?: Catalog;
  readonly ping?: () => Promise<readonly DependencyState[]>;
  /** Where the log's lines go; nowhere when left out. */
  readonly log?: (line: string) => void;
};

export type TestGateway = {
  readonly url: string;
  readonly test: TestService;
  readonly served: ServedGateway;
  token(userId?: string, scopes?: readonly Scope[]): Promise<string>;
  client(userId?: string, scopes?: readonly Scope[]): Promise<StewardApi>;
  stop(): Promise<void>;
};

const all: readonly Scope[] = ['runs', 'decide', 'records', 'admin'];

function storeOf({ db: { database } }: TestService): IdempotencyStore {
  return {
    begin: async (request) => await database.asUser(request.userId, async (tx) => await beginIdempotent(tx, request)),
    finish: async (answer) => await database.asUser(answer.userId, async (tx) => await finishIdempotent(tx, answer)),
    abandon: async (claim) => await database.asUser(claim.userId, async (tx) => await abandonIdempotent(tx, claim)),
  };
}

function depsOf(test: TestService, overrides: GatewayOverrides): GatewayDeps {
  const { database } = test.db;
  const calendar = createLocalCalendar({ database });
  const config = {
    ...defaultGatewayConfig,
    version: '0.0.0-test',
    processMetrics: false,
    checkAnswers: true,
    ...overrides.config,
  };
  return {
    authenticate: async (token) =>
      await database.asService(async (tx) => await verifyToken(tx, { token, now: new Date() })),
    forCaller(caller) {
      const api = test.service.forCaller(caller);
      return { ...api, ...overrides.calls?.(api, caller) };
    },
    idempotency: storeOf(test),
    ping: overrides.ping ?? (async () => await Promise.resolve([{ name: 'database', ready: true, detail: null }])),
    describeTypes: async () => await test.as(ann).listWorkflowTypes(),
    streams: overrides.streams ?? [],
    readFeed: async (secret) => await calendar.feed({ secret }),
    metrics: { countRuns: async () => await Promise.resolve({ queued: 3 }) },
    config,
    log: overrides.log === undefined ? pino({ level: 'silent' }) : pino({}, { write: overrides.log }),
  };
}

/** The real gateway over the real service and a fresh database, on a free port. Temporal is away. */
export async function startTestGateway(overrides: GatewayOverrides = {}): Promise<TestGateway> {
  const test = await startTestService(overrides.catalog === undefined ? {} : { catalog: overrides.catalog });
  const app = createGateway(depsOf(test, overrides));
  const served = await serveGateway(app, { host: '127.0.0.1', port: 0 });
  const token = async (userId = ann, scopes = all): Promise<string> => {
    const values = { userId, name: 'test', scopes, expiresAt: null };
    return (await test.db.database.asUser(userId, async (tx) => await createToken(tx, values))).token;
  };
  return {
    url: served.url,
    test,
    served,
    token,
    client: async (userId, scopes) =>
      createHttpClient({ baseUrl: served.url, token: await token(userId, scopes), retryMs: 20 }),
    async stop() {
      await served.close();
      await test.stop();
    },
  };
}

export { ann, ben };
