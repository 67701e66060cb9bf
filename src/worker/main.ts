import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import type { ActivityDeps } from '../../activities/deps.ts';
import { defaultRequestTiming } from '../../activities/deps.ts';
import { createActivities } from '../../activities/index.ts';
import { catalog } from '../../workflows/catalog.ts';
import type { Config } from '../config/config.ts';
import { openDatabase } from '../db/database.ts';
import type { OpenedDatabase } from '../db/database.ts';
import { checkMigrations } from '../db/migrate.ts';
import { ensureLocalUser } from '../db/users.ts';
import { StewardError } from '../contract/errors.ts';
import { openFileStore } from '../files/file-store.ts';
import { loadBundle } from './bundle.ts';
import { queueNames } from './queues.ts';
import type { QueueName } from './queues.ts';
import { runWorkers } from './run-workers.ts';
import type { RunningWorkers } from './run-workers.ts';

/** What a worker process needs that other folders make. */
export type WorkerParts = {
  /** Root of the package: where `workflows/` lies. */
  readonly root: string;
  /** The way to Temporal; the caller closes it after `stop`. */
  readonly connection: NativeConnection;
  readonly dataConverter: DataConverter | undefined;
  readonly models: ActivityDeps['models'];
  readonly outsideTools: ActivityDeps['outsideTools'];
  readonly log: ActivityDeps['log'];
};

/** Checks names given on a command line. Throws `invalid_input` with the known ones. */
export function readQueues(names: readonly string[]): readonly QueueName[] {
  const unknown = names.filter((name) => !queueNames.some((queue) => queue === name));
  if (unknown.length === 0)
    return names.length === 0 ? queueNames : queueNames.filter((queue) => names.includes(queue));
  const problems = unknown.map((name) => ({
    path: 'queues',
    message: `${name} is no task queue; there are: ${queueNames.join(', ')}`,
  }));
  throw new StewardError('invalid_input', problems.map((problem) => problem.message).join('; '), {
    details: { problems },
  });
}

/** The activities' dependencies over an open database. */
export function activityDeps(
  config: Config,
  parts: { readonly database: OpenedDatabase } & Pick<WorkerParts, 'models' | 'outsideTools' | 'log'>,
): ActivityDeps {
  const { database, models, outsideTools, log } = parts;
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    database,
    catalog,
    models,
    log,
    files: openFileStore(join(config.dataDir, 'files')),
    now: () => new Date(),
    localUserId: async () =>
      (await database.asService(async (tx) => await ensureLocalUser(tx, { name: 'Local user', timezone: timeZone })))
        .id,
    outsideTools,
    requestTiming: defaultRequestTiming,
  };
}

/**
 * Runs workers of the named queues in a process of their own, which needs a Postgres server: the embedded database lives
 * in one process. Throws `invalid_input` without `DATABASE_URL`, `conflict` when the schema is not this version's.
 */
export async function workerMain(
  config: Config,
  parts: WorkerParts & { readonly queues: readonly QueueName[] },
): Promise<RunningWorkers> {
  if (config.databaseUrl === null) {
    const message = 'set DATABASE_URL: workers of their own share a Postgres server with the gateway';
    throw new StewardError('invalid_input', message, { details: { problems: [{ path: 'DATABASE_URL', message }] } });
  }
  const { queues, root, connection, dataConverter, models, outsideTools, log } = parts;
  const database = await openDatabase({
    url: config.databaseUrl,
    onError: (error) => log.error({ err: error }, 'The database lost a connection'),
  });
  await checkMigrations(database);
  const bundle = await loadBundle({ root, cacheDir: config.cacheDir });
  const activities = createActivities(activityDeps(config, { database, models, outsideTools, log }));
  const { namespace } = config.temporal;
  const workers = await runWorkers({
    queues,
    connection,
    namespace,
    bundle,
    activities,
    ...(dataConverter === undefined ? {} : { dataConverter }),
  });
  return {
    failed: workers.failed,
    async stop() {
      await workers.stop();
      await database.close();
    },
  };
}
