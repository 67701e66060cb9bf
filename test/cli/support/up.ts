import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect } from 'vitest';
import { processesOf } from './processes.ts';

export const bin = fileURLToPath(new URL('../../../bin/steward.js', import.meta.url));
// Some seconds, but on a machine that others keep busy: what was killed is recovered first.
const readyWithinMs = 180_000;

export type Result = { readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string };
type Environment = Readonly<Record<string, string>>;

/** This process's environment without what would lead Steward elsewhere. */
export function cleanEnvironment(more: Environment): Environment {
  const foreign = /^(STEWARD_|OPENAI_|TEMPORAL_|DATABASE_URL$|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$|VITEST)/;
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => !foreign.test(entry[0]));
  return { ...Object.fromEntries(kept), TZ: 'UTC', ...more };
}

/** Runs `steward` to its end, with nothing on standard input unless `input` is given. */
export async function steward(
  args: readonly string[],
  options: { readonly env?: Environment; readonly input?: string } = {},
): Promise<Result> {
  const { env = {}, input } = options;
  const { exitCode, stdout, stderr } = await execa(process.execPath, [bin, ...args], {
    env: cleanEnvironment(env),
    extendEnv: false,
    reject: false,
    timeout: 120_000,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });
  return { exitCode, stdout, stderr };
}

export type Up = {
  readonly dataDir: string;
  readonly env: Environment;
  readonly url: string;
  readonly pid: number;
  /** Everything that it said so far. */
  output(): string;
  /** Runs a client command against it. */
  cli(...args: string[]): Promise<Result>;
  /** The same with `--json`; fails the test when it does not end with 0. */
  json<T>(...args: string[]): Promise<T>;
  /** Ends it; fails the test unless it ends with 0 and leaves no process behind. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<void>;
  /** `kill -9` of it and all that it started. */
  kill(): Promise<void>;
};

export async function newDataDir(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'steward-cli-'));
}

export async function removeDataDir(dataDir: string): Promise<void> {
  for (const pid of await processesOf(dataDir)) kill(pid);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself.
  }
}

async function untilNone(dataDir: string): Promise<readonly number[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await processesOf(dataDir)).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return await processesOf(dataDir);
}

/** A real `steward up` on free ports, ready to be used. */
export async function startUp(dataDir: string, more: Environment = {}): Promise<Up> {
  const env = { STEWARD_DATA_DIR: dataDir, STEWARD_PORT: '0', ...more };
  const child = execa(process.execPath, [bin, 'up'], {
    env: cleanEnvironment(env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('steward up did not start');
  let said = '';
  child.all.setEncoding('utf8');
  const deadlineMs = Date.now() + readyWithinMs;
  const ready = new Promise<void>((resolve, reject) => {
    child.all.on('data', (text: string) => {
      said += text;
      if (said.includes('Ctrl-C stops everything')) resolve();
    });
    void child.then(() => reject(new Error(`steward up ended before it was ready:\n${said}`)));
    setTimeout(() => reject(new Error(`steward up was not ready in time:\n${said}`)), deadlineMs - Date.now()).unref();
  });
  await ready;
  const client = { STEWARD_DATA_DIR: dataDir };
  const cli = async (...args: string[]): Promise<Result> => await steward(args, { env: client });
  return {
    dataDir,
    env: client,
    pid,
    url: (await readFile(join(dataDir, 'url'), 'utf8')).trim(),
    output: () => said,
    cli,
    json: async <T>(...args: string[]) => {
      const { exitCode, stdout, stderr } = await cli('--json', ...args);
      expect({ args, exitCode, stderr }).toMatchObject({ exitCode: 0 });
      // What the API answers; the tests say which of its views they expect.
      return JSON.parse(stdout) as T;
    },
    stop: async (signal = 'SIGINT') => {
      child.kill(signal);
      const { exitCode } = await child;
      expect({ exitCode, said }).toMatchObject({ exitCode: 0 });
      expect(await untilNone(dataDir)).toEqual([]);
    },
    kill: async () => {
      for (const each of await processesOf(dataDir)) kill(each);
      await child;
      expect(await untilNone(dataDir)).toEqual([]);
    },
  };
}

/** Takes a port, any when 0 is asked for; null when somebody else has it. */
export async function takePort(port: number): Promise<{ readonly port: number; close(): Promise<void> } | null> {
  const { createServer } = await import('node:net');
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return null;
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
