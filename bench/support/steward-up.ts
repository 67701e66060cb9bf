import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createHttpClient } from '../../src/api/http-client.ts';
import type { StewardApi } from '../../src/api/steward-api.ts';
import { readEnvironment } from '../../src/config/env.ts';

export type StewardUp = {
  readonly api: StewardApi;
  /** From the start of the process to the line that says it is ready. */
  readonly readyMs: number;
  readonly stop: () => Promise<void>;
};

const command = fileURLToPath(new URL('../../bin/steward.js', import.meta.url));
const kept = new Set(['PATH', 'HOME', 'XDG_CACHE_HOME', 'STEWARD_CACHE_DIR', 'STEWARD_TEMPORAL_CLI']);

// Only what finds programs and caches: settings of whoever runs the bench are not to be measured.
function environment(dataDir: string, settings: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(readEnvironment()).filter(([name]) => kept.has(name));
  return { ...Object.fromEntries(inherited), TZ: 'UTC', STEWARD_DATA_DIR: dataDir, STEWARD_PORT: '0', ...settings };
}

async function readTrimmed(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}

/** Starts `steward up` on a fresh data directory and waits until it says that it is ready. */
export async function startUp(settings: Readonly<Record<string, string>> = {}): Promise<StewardUp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'steward-bench-up-'));
  const startedMs = performance.now();
  const child = spawn(process.execPath, [command, 'up'], {
    cwd: dataDir,
    env: environment(dataDir, settings),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    await rm(dataDir, { recursive: true, force: true });
  };
  const said: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      if (line === 'Steward is ready.') resolve();
    });
    child.once('exit', () => reject(new Error(`steward up ended:\n${said.join('\n')}`)));
  });
  try {
    await ready;
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  const readyMs = performance.now() - startedMs;
  const baseUrl = await readTrimmed(join(dataDir, 'url'));
  const token = await readTrimmed(join(dataDir, 'token'));
  return { api: createHttpClient({ baseUrl, token }), readyMs, stop };
}
