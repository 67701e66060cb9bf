import { openDatabase } from '../db/database.ts';
import { checkMigrations } from '../db/migrate.ts';
import { loadConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { invalidInput } from '../contract/errors.ts';
import { createTemporalClient } from '../temporal/connection.ts';
import { installRuntime } from '../worker/runtime.ts';
import { ensureLocalAccount, writeUrl } from './local-account.ts';
import { createProcessLog } from './log.ts';
import { openGateway } from './open-gateway.ts';
import { openModels } from './open-models.ts';
import { stopSignal } from './signals.ts';

const localAddress = '127.0.0.1:7233';

/** `steward gateway`: the HTTP API alone, on a shared Postgres. Starts while Temporal is away. Drains on SIGTERM. */
export async function runGatewayProcess(): Promise<void> {
  const config = loadConfig(readEnvironment());
  if (config.databaseUrl === null) {
    throw invalidInput([
      { path: 'DATABASE_URL', message: 'set it: a gateway of its own shares a Postgres server with the workers' },
    ]);
  }
  const log = createProcessLog(config);
  installRuntime(log);
  const onError = (error: Error): void => log.error({ err: error }, 'The database lost a connection');
  const database = await openDatabase({ url: config.databaseUrl, onError });
  await checkMigrations(database);
  await ensureLocalAccount(database, config.dataDir);
  const temporal = createTemporalClient({ address: config.temporal.address ?? localAddress, config });
  // Without an endpoint the workers have an offline model of their own; this process needs none to serve.
  const models = config.models.baseUrl === null ? null : (await openModels(config.models)).service;
  const { temporalUiUrl } = config.gateway;
  const gateway = await openGateway({ config, database, temporal, temporalUiUrl, models, log });
  await writeUrl(config.dataDir, gateway.url);
  log.info({ url: gateway.url }, 'The gateway is ready');
  await stopSignal();
  await gateway.close();
  await temporal.close();
  await database.close();
  process.exit(0);
}
