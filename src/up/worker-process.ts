import { fileURLToPath } from 'node:url';
import { loadConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { StewardError } from '../contract/errors.ts';
import { connectTemporal } from '../temporal/connection.ts';
import { createDataConverter } from '../temporal/data-converter.ts';
import { ensureSearchAttributes } from '../temporal/search-attributes.ts';
import { connectWorker } from '../temporal/worker-connection.ts';
import { readQueues, workerMain } from '../worker/main.ts';
import { installRuntime } from '../worker/runtime.ts';
import { createProcessLog } from './log.ts';
import { openModels } from './open-models.ts';
import { openTools } from './open-tools.ts';
import { stopSignal } from './signals.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const localAddress = '127.0.0.1:7233';

/** `steward worker`: workers of some or all task queues, on a shared Temporal and Postgres. Drains on SIGTERM. */
export async function runWorkerProcess(names: readonly string[]): Promise<void> {
  const queues = readQueues(names);
  const config = loadConfig(readEnvironment());
  const log = createProcessLog(config);
  installRuntime(log);
  const address = config.temporal.address ?? localAddress;
  const client = await connectTemporal({ address, config });
  await ensureSearchAttributes({ connection: client.connection, namespace: config.temporal.namespace });
  await client.close();
  const connection = await connectWorker({ address, config });
  const models = await openModels(config.models);
  const tools = await openTools(config.mcp, log);
  const dataConverter = createDataConverter({ edge: 'worker', payloadKey: config.payloadKey });
  const parts = { queues, root, connection, dataConverter, models: models.service, outsideTools: tools.source, log };
  const workers = await workerMain(config, parts);
  log.info({ queues, models: models.description, mcpServers: tools.servers }, 'Workers are ready');
  const stopped = stopSignal();
  const failed = workers.failed.catch((error: unknown) => {
    throw new StewardError('internal', 'A worker died.', { cause: error });
  });
  try {
    await Promise.race([stopped, failed]);
  } finally {
    await workers.stop();
    await connection.close();
    await models.close();
    await tools.close();
  }
  process.exit(0);
}
