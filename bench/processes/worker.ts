import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { defaultRequestTiming } from '../../activities/deps.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createActivities } from '../../activities/index.ts';
import { openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { ensureLocalUser, localUserId } from '../../src/db/users.ts';
import { openFileStore } from '../../src/files/file-store.ts';
import { loadCatalogue } from '../../src/models/catalogue/load-catalogue.ts';
import { createModelService } from '../../src/models/create-model-service.ts';
import { loadBundle } from '../../src/worker/bundle.ts';
import { queueNames } from '../../src/worker/queues.ts';
import { noOutsideTools } from '../../src/tools/tool-source.ts';
import { runWorkers } from '../../src/worker/run-workers.ts';
import { installRuntime } from '../../src/worker/runtime.ts';
import { catalog } from '../../workflows/catalog.ts';
import { baselineEntry, runBaselineWorker } from '../baseline/worker.ts';
import { answerQuestions, readSettings } from '../support/answer.ts';
import type { Answers } from '../support/answer.ts';
import type { Side } from '../support/world.ts';
import { countEnded, countRows, makeUsers, openApprovals } from './rows.ts';

type Settings = {
  readonly side: Side;
  readonly temporalAddress: string;
  readonly databaseUrl: string | null;
  readonly modelUrl: string;
  readonly dataDir: string;
  readonly cacheDir: string;
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const complain = (fields: object, text: string): void => console.error(text, fields);
const log = { info: () => undefined, warn: complain, error: complain };

async function open(settings: Settings): Promise<Answers> {
  const { side, temporalAddress, databaseUrl, modelUrl, dataDir, cacheDir } = settings;
  installRuntime(log);
  const where = databaseUrl === null ? { dataDir: join(dataDir, 'database') } : { url: databaseUrl };
  const database = await openDatabase({ ...where, cacheDir });
  await migrate(database);
  await database.asService(async (tx) => await ensureLocalUser(tx, { name: 'Bench', timezone: 'UTC' }));
  const catalogue = await loadCatalogue(null);
  const models = await createModelService({ baseUrl: modelUrl, apiKey: null, catalogue, only: null, routing: null });
  const deps: ActivityDeps = {
    database,
    catalog,
    models,
    files: openFileStore(join(dataDir, 'files')),
    now: () => new Date(),
    localUserId: async () => await Promise.resolve(localUserId),
    log,
    outsideTools: noOutsideTools,
    requestTiming: defaultRequestTiming,
  };
  const connection = await NativeConnection.connect({ address: temporalAddress });
  const workers =
    side === 'steward'
      ? await runWorkers({
          queues: queueNames,
          connection,
          namespace: 'default',
          bundle: await loadBundle({ root, cacheDir }),
          activities: createActivities(deps),
        })
      : await runBaselineWorker({
          connection,
          deps,
          bundle: await loadBundle({ root, cacheDir, entry: baselineEntry }),
        });
  return {
    ready: async () => await Promise.resolve(null),
    users: async ({ count }: { count: number }) => await makeUsers(database, count),
    approvals: async () => await openApprovals(database),
    ended: async () => await countEnded(database),
    rows: async () => await countRows(database),
    stop: async () => {
      await workers.stop();
      await connection.close();
      await database.close();
    },
  };
}

answerQuestions(open(readSettings() as Settings));
