import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHttpClient } from '../../../src/api/http-client.ts';
import type { StewardApi } from '../../../src/api/steward-api.ts';
import { startOfflineModel } from '../../../src/models/offline/server.ts';
import { newDataDir, removeDataDir, startUp } from '../../cli/support/up.ts';
import type { Up } from '../../cli/support/up.ts';
import { startModelProxy } from '../../support/model-proxy.ts';
import type { ModelProxy } from '../../support/model-proxy.ts';

/** All of Steward as its own processes, on models that this test watches. */
export type Chaos = {
  readonly proxy: ModelProxy;
  readonly dataDir: string;
  api(): Promise<StewardApi>;
  /** `kill -9` of every process. */
  kill(): Promise<void>;
  /** A new start on the same data. */
  start(): Promise<void>;
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
};

/** Everything as `steward up` starts it, with a proxy before the offline model. */
export async function startChaos(): Promise<Chaos> {
  const offline = await startOfflineModel({});
  const proxy = await startModelProxy(offline.url);
  const dataDir = await newDataDir();
  const settings = { OPENAI_BASE_URL: proxy.url, OPENAI_API_KEY: 'none' };
  let up: Up = await startUp(dataDir, settings);
  return {
    proxy,
    dataDir,
    api: async () => {
      const token = (await readFile(join(dataDir, 'token'), 'utf8')).trim();
      return createHttpClient({ baseUrl: up.url, token });
    },
    kill: async () => await up.kill(),
    start: async () => {
      up = await startUp(dataDir, settings);
    },
    killAndStart: async () => {
      await up.kill();
      up = await startUp(dataDir, settings);
    },
    stop: async () => {
      await up.stop();
      await proxy.close();
      await offline.close();
      await removeDataDir(dataDir);
    },
  };
}
