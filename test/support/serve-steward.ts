import pino from 'pino';
import { createHttpClient } from '../../src/api/http-client.ts';
import type { StewardApi } from '../../src/api/steward-api.ts';
import { abandonIdempotent, beginIdempotent, finishIdempotent } from '../../src/db/idempotency.ts';
import { createGateway } from '../../src/gateway/create-gateway.ts';
import { defaultGatewayConfig } from '../../src/gateway/deps.ts';
import { serveGateway } from '../../src/gateway/serve-gateway.ts';
import type { TestSteward } from './steward.ts';

export type Served = { readonly client: StewardApi; close(): Promise<void> };

/** The real gateway before a test's Steward, and its client: what a program elsewhere has. */
export async function serveSteward({ api, database, userId }: TestSteward): Promise<Served> {
  const app = createGateway({
    authenticate: async () => await Promise.resolve({ userId, scopes: ['admin'], tokenId: null }),
    forCaller: () => api,
    idempotency: {
      begin: async (request) => await database.asUser(userId, async (tx) => await beginIdempotent(tx, request)),
      finish: async (answer) => await database.asUser(userId, async (tx) => await finishIdempotent(tx, answer)),
      abandon: async (claim) => await database.asUser(userId, async (tx) => await abandonIdempotent(tx, claim)),
    },
    ping: async () => await Promise.resolve([]),
    describeTypes: async () => await api.listWorkflowTypes(),
    streams: [],
    readFeed: async () => await Promise.reject(new Error('no feed here')),
    metrics: null,
    config: { ...defaultGatewayConfig, version: '0.0.0-test', processMetrics: false, checkAnswers: true },
    log: pino({ level: 'silent' }),
  });
  const served = await serveGateway(app, { host: '127.0.0.1', port: 0 });
  return {
    client: createHttpClient({ baseUrl: served.url, token: 'stw_any', retryMs: 50 }),
    close: async () => await served.close(),
  };
}
