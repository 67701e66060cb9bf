import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { execa } from 'execa';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../../src/config/config.ts';
import { readEnvironment } from '../../../src/config/env.ts';
import type { TemporalBinary } from '../../../src/temporal/binary/check-binary.ts';
import { connectTemporal, createTemporalClient } from '../../../src/temporal/connection.ts';
import { findTemporal } from '../../../src/temporal/find-temporal.ts';
import { openTemporal } from '../../../src/temporal/open-temporal.ts';
import { ensureSearchAttributes, searchAttributes } from '../../../src/temporal/search-attributes.ts';
import { readProcess } from '../../../src/temporal/server/process-info.ts';
import { startTemporal } from '../../../src/temporal/start-temporal.ts';
import type { TemporalServer } from '../../../src/temporal/start-temporal.ts';

const config = loadConfig(readEnvironment());
const pids = z.object({ pid: z.int(), ownerPid: z.int() });
const anyPorts = { frontend: 0, ui: 0 };
let binary: TemporalBinary;
let dataDir: string;
let started: TemporalServer[];

beforeAll(async () => {
  binary = await findTemporal({ cliPath: config.temporal.cliPath, cacheDir: config.cacheDir });
});

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'steward-server-'));
  started = [];
});

afterEach(async () => {
  for (const server of started) await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function pidFile(): string {
  return join(dataDir, 'temporal.pid');
}

async function start(more: Partial<Parameters<typeof startTemporal>[0]> = {}): Promise<TemporalServer> {
  const server = await startTemporal({ binary, dataDir, preferredPorts: anyPorts, ...more });
  started.push(server);
  return server;
}

describe('a server of our own', () => {
  test('answers, shows its web UI, keeps finished runs for 30 days and leaves nothing running when stopped', async () => {
    const server = await start();
    const { connection, close } = await connectTemporal({ address: server.address, config });
    const { config: settings } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    expect(tsToMs(settings?.workflowExecutionRetentionTtl)).toBe(30 * 24 * 3600 * 1000);
    expect((await fetch(server.uiUrl)).status).toBe(200);
    await close();
    await server.stop();
    expect(await readProcess(server.pid)).toBeNull();
    await expect(server.exited).resolves.toEqual(expect.any(String));
    await expect(stat(pidFile())).rejects.toThrow('ENOENT');
  });

  test('moves to another port, and says so, when the usual one is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const lines: string[] = [];
    const server = await start({
      preferredPorts: { frontend: taken, ui: 0 },
      onProgress: (line) => void lines.push(line),
    });
    expect(server.address).not.toBe(`127.0.0.1:${taken}`);
    expect(lines.join('\n')).toContain(`${taken} → ${server.address.split(':')[1]}`);
    other.close();
  });

  test('keeps its data over a restart, and its search attributes can be made on an old database', async () => {
    const first = await start();
    await first.stop();
    const second = await start();
    const { connection, close } = await connectTemporal({ address: second.address, config });
    await ensureSearchAttributes({ connection, namespace: 'default' });
    await ensureSearchAttributes({ connection, namespace: 'default' });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(customAttributes).toMatchObject(searchAttributes);
    await close();
  });

  test('never makes anew a database that was in use', async () => {
    const first = await start();
    await first.stop();
    const before = await stat(join(dataDir, 'temporal.db'));
    const second = await start();
    await second.stop();
    expect((await stat(join(dataDir, 'temporal.db'))).ino).toBe(before.ino);
  });

  test('makes its database anew when it was killed before it ever was ready', async () => {
    await writeFile(join(dataDir, 'temporal.db'), 'half of a database');
    await writeFile(join(dataDir, 'temporal.db.unfinished'), '');
    await start();
    await expect(stat(join(dataDir, 'temporal.db.unfinished'))).rejects.toThrow('ENOENT');
  });

  test('says why it did not start', async () => {
    await writeFile(join(dataDir, 'temporal.db'), 'not a database, but long enough to be read as one'.repeat(50));
    await expect(start()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^Temporal did not start: [^]*temporal\.log$/),
    });
  });
});

describe('a server whose owner was killed', () => {
  const owner = `
    import { startTemporal } from './src/temporal/start-temporal.ts';
    const [command, dataDir] = process.argv.slice(1);
    await startTemporal({
      binary: { command, serverVersion: '' }, dataDir, preferredPorts: { frontend: 0, ui: 0 },
    });
    setInterval(() => undefined, 1000);
  `;

  test('is gone before the next start, which takes over the data directory', async () => {
    const args = ['--input-type=module-typescript', '--eval', owner, binary.command, dataDir];
    const child = execa(process.execPath, args, { reject: false });
    const noted = await vi.waitFor(async () => pids.parse(JSON.parse(await readFile(pidFile(), 'utf8'))), 30_000);
    expect(noted.ownerPid).toBe(child.pid);
    const pid = noted.pid;
    expect(await readProcess(pid)).not.toBeNull();
    const whileOwned = start();
    await expect(whileOwned).rejects.toMatchObject({ code: 'conflict' });
    child.kill('SIGKILL');
    await child;
    // It was killed while it made its database: the next start must not stumble over what is left.
    const server = await start();
    expect(await readProcess(pid)).toBeNull();
    expect(server.pid).not.toBe(pid);
  });

  test('is found by its pid file and ended where the system did not do it', async () => {
    const first = await start();
    // No process has this id: the owner is dead.
    await writeFile(pidFile(), JSON.stringify({ pid: first.pid, ownerPid: 2 ** 30 }));
    const second = await start();
    expect(await readProcess(first.pid)).toBeNull();
    expect(second.pid).not.toBe(first.pid);
  });

  test('is not confused with a stranger that has its process id by now', async () => {
    const stranger = execa('sleep', ['60'], { reject: false });
    await writeFile(pidFile(), JSON.stringify({ pid: stranger.pid, ownerPid: process.pid }));
    await start();
    expect(await readProcess(stranger.pid ?? 0)).toMatchObject({ command: 'sleep 60' });
    stranger.kill('SIGKILL');
    await stranger;
  });
});

describe("somebody else's server", () => {
  test('is used when TEMPORAL_ADDRESS names it, and is not stopped', async () => {
    const address = inject('temporalAddress');
    const settings = loadConfig({ TEMPORAL_ADDRESS: address });
    const server = await openTemporal({ ...settings, dataDir });
    expect(server).toMatchObject({ address, uiUrl: null });
    await server.stop();
    const { connection, close } = await connectTemporal({ address, config: settings });
    await expect(connection.workflowService.getSystemInfo({})).resolves.toHaveProperty('serverVersion');
    await close();
  });

  test('may be away when a client is made, and is named when a connection to it is asked for', async () => {
    const target = { address: '127.0.0.1:1', config };
    await createTemporalClient(target).close();
    await expect(connectTemporal(target)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });
});

test('the log of a server lies in its data directory', async () => {
  await start();
  expect(await readFile(join(dataDir, 'temporal.log'), 'utf8')).toContain('Temporal Server:');
});
