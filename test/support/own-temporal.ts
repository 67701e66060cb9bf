import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { loadConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { findTemporal } from '../../src/temporal/find-temporal.ts';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { startTemporal } from '../../src/temporal/start-temporal.ts';

export type OwnTemporal = { readonly address: string; stop(): Promise<void> };

/** A Temporal server for one test file, with settings that nobody else wants. */
export async function startOwnTemporal(dynamicConfig: Readonly<Record<string, number>>): Promise<OwnTemporal> {
  const config = loadConfig(readEnvironment());
  const dataDir = await mkdtemp(join(tmpdir(), 'steward-own-temporal-'));
  const binary = await findTemporal({ cliPath: config.temporal.cliPath, cacheDir: config.cacheDir });
  const server = await startTemporal({ binary, dataDir, preferredPorts: { frontend: 0, ui: 0 }, dynamicConfig });
  const connection = await Connection.connect({ address: server.address });
  await ensureSearchAttributes({ connection, namespace: 'default' });
  await connection.close();
  return {
    address: server.address,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
