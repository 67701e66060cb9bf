import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { connectTemporal } from '../../src/temporal/connection.ts';
import { openTemporal } from '../../src/temporal/open-temporal.ts';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** `host:port` of the one Temporal server of this run; its namespace is "default". */
    temporalAddress: string;
    temporalUiUrl: string;
  }
}

type Shared = { readonly address: string; readonly uiUrl: string; readonly close: () => Promise<void> };

async function open(): Promise<Shared> {
  const env = readEnvironment();
  // A server of its own even where TEMPORAL_ADDRESS is set: tests end runs and flood queues.
  const { TEMPORAL_ADDRESS: _theirs, ...rest } = env;
  const config = loadConfig(rest);
  const dataDir = await mkdtemp(join(tmpdir(), 'steward-temporal-'));
  const onProgress = (line: string) => void process.stderr.write(`${line}\n`);
  const server = await openTemporal({ ...config, dataDir, onProgress });
  const { connection, close } = await connectTemporal({ address: server.address, config });
  await ensureSearchAttributes({ connection, namespace: config.temporal.namespace });
  await close();
  return {
    address: server.address,
    uiUrl: server.uiUrl ?? '',
    close: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

// Vitest loads this file once for every project, each time as a new module; all of them share one server.
const key: unique symbol = Symbol.for('steward.test.temporal');
type Holder = { opening: Promise<Shared>; users: number };

const shared: typeof globalThis & { [key]?: Holder | undefined } = globalThis;

/** Starts the server for the first project that asks and shows its address to all. */
export async function setup(project: TestProject): Promise<void> {
  const held = (shared[key] ??= { opening: open(), users: 0 });
  held.users += 1;
  const { address, uiUrl } = await held.opening;
  project.provide('temporalAddress', address);
  project.provide('temporalUiUrl', uiUrl);
}

/** Ends the server when the last project is done. */
export async function teardown(): Promise<void> {
  const held = shared[key];
  if (held === undefined) return;
  held.users -= 1;
  if (held.users > 0) return;
  shared[key] = undefined;
  await (await held.opening).close();
}
