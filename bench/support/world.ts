import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { loadConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { connectTemporal } from '../../src/temporal/connection.ts';
import { findTemporal } from '../../src/temporal/find-temporal.ts';
import { ensureSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { startTemporal } from '../../src/temporal/start-temporal.ts';
import { startChild } from './ask.ts';
import type { Child } from './ask.ts';
import { familyCpuMs, processCpuMs } from './cpu.ts';
import { openPostgres } from './postgres.ts';

export type Side = 'steward' | 'baseline';
export type CpuMs = { readonly server: number; readonly worker: number; readonly database: number };

/** Everything one side needs, fresh: a Temporal server, a database, a model endpoint, and its worker in its own process. */
export type World = {
  readonly client: Client;
  readonly worker: Child;
  readonly database: 'Postgres' | 'PGlite';
  /** CPU used so far. PGlite's is part of the worker's. */
  cpu(): Promise<CpuMs>;
  close(): Promise<void>;
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Opens a side with model calls that take `delayMs`. What was opened is closed again when a later part fails. */
export async function openWorld(params: Opening): Promise<World> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    return { ...(await open(params, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Opening = {
  readonly side: Side;
  readonly delayMs: number;
  /** For a model that takes so many turns of an agent; the offline model when left out. */
  readonly turns?: number;
};

async function open(
  { side, delayMs, turns }: Opening,
  closers: (() => Promise<unknown>)[],
): Promise<Omit<World, 'close'>> {
  const config = loadConfig(readEnvironment());
  const dataDir = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  closers.push(async () => await rm(dataDir, { recursive: true, force: true }));
  const binary = await findTemporal({ cliPath: config.temporal.cliPath, cacheDir: config.cacheDir, onProgress: say });
  const server = await startTemporal({ binary, dataDir, preferredPorts: { frontend: 0, ui: 0 } });
  closers.push(server.stop);
  const temporal = await connectTemporal({ address: server.address, config });
  closers.push(temporal.close);
  await ensureSearchAttributes({ connection: temporal.connection, namespace: 'default' });
  const postgres = await openPostgres();
  if (postgres !== null) closers.push(postgres.stop);
  const model = await startChild('model', { delayMs, turns: turns ?? null });
  closers.push(model.stop);
  const modelUrl = await model.ask<string>('url');
  const settings = {
    side,
    temporalAddress: server.address,
    databaseUrl: postgres?.url ?? null,
    modelUrl,
    dataDir,
    cacheDir: config.cacheDir,
  };
  const worker = await startChild('worker', settings);
  closers.push(worker.stop);
  return {
    client: temporal.client,
    worker,
    database: postgres === null ? 'PGlite' : 'Postgres',
    cpu: async () => ({
      server: await processCpuMs(server.pid),
      worker: await processCpuMs(worker.pid),
      database: postgres === null ? 0 : await familyCpuMs(postgres.pid),
    }),
  };
}
