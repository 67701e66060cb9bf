import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createHttpClient } from '../../../src/api/http-client.ts';
import type { StewardApi } from '../../../src/api/steward-api.ts';
import { startOfflineModel } from '../../../src/models/offline/server.ts';
import { newDataDir, removeDataDir, steward } from '../../cli/support/up.ts';
import { startPostgres } from '../../db/support/postgres-server.ts';
import { startModelProxy } from '../../support/model-proxy.ts';
import type { ModelProxy } from '../../support/model-proxy.ts';
import { startProcess } from './worker-process.ts';
import type { ClusterProcess } from './worker-process.ts';

/** Steward as several machines run it: Postgres, a gateway, and as many worker processes as a test starts. */
export type Cluster = {
  readonly api: StewardApi;
  readonly proxy: ModelProxy;
  startWorker(): Promise<ClusterProcess>;
  query(text: string): Promise<readonly object[]>;
  /** Holds everybody who writes to a table in the middle of their transaction, until the result is called. */
  lock(table: string): Promise<() => Promise<void>>;
  stop(): Promise<void>;
};

export async function startCluster(temporalAddress: string): Promise<Cluster> {
  const postgres = await startPostgres();
  const offline = await startOfflineModel({});
  const proxy = await startModelProxy(offline.url);
  const dataDir = await newDataDir();
  const env = {
    STEWARD_DATA_DIR: dataDir,
    STEWARD_PORT: '0',
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporalAddress,
    OPENAI_BASE_URL: proxy.url,
    OPENAI_API_KEY: 'none',
  };
  const { exitCode, stderr } = await steward(['migrate'], { env });
  if (exitCode !== 0) throw new Error(`steward migrate failed: ${stderr}`);
  const gateway = await startProcess(['gateway'], env);
  const read = async (name: string): Promise<string> => (await readFile(join(dataDir, name), 'utf8')).trim();
  const pool = new pg.Pool({ connectionString: postgres.url });
  return {
    api: createHttpClient({ baseUrl: await read('url'), token: await read('token') }),
    proxy,
    startWorker: async () => await startProcess(['worker'], env),
    query: async (text) => (await pool.query<object>(text)).rows,
    lock: async (table) => {
      const client = await pool.connect();
      await client.query('begin');
      await client.query(`lock table ${pg.escapeIdentifier(table)} in share mode`);
      return async () => {
        await client.query('rollback');
        client.release();
      };
    },
    stop: async () => {
      await gateway.stop();
      await pool.end();
      // Whatever a failed test left running.
      await removeDataDir(dataDir);
      await proxy.close();
      await offline.close();
      await postgres.stop();
    },
  };
}
