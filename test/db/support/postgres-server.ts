import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export type PostgresServer = {
  readonly url: string;
  /** Stops the server as a crash would, and starts it again on the same port and data. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

async function binaries(): Promise<string> {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? await readdir(root) : [];
  const newest = versions.sort((one, other) => Number(other) - Number(one))[0];
  // Empty: whatever PATH finds.
  return newest === undefined ? '' : path.join(root, newest, 'bin');
}

// Postgres refuses to run as root. It ends with this process, however that ends.
function asPostgres(command: string, args: readonly string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [command, [...args]];
  return [
    'setpriv',
    ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--pdeathsig=QUIT', '--', command, ...args],
  ];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt > 300) throw error;
      await sleep(50);
    }
  }
}

/** A Postgres server of its own in a temporary directory, reachable on a free port of the loopback address. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = await binaries();
  const home = await mkdtemp(path.join(tmpdir(), 'steward-postgres-'));
  await chmod(home, 0o777);
  const data = path.join(home, 'data');
  const [initdb, initdbArgs] = asPostgres(path.join(bin, 'initdb'), [
    '-D',
    data,
    '-U',
    'steward',
    '-A',
    'trust',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C',
  ]);
  execFileSync(initdb, initdbArgs, { stdio: 'pipe', cwd: home });
  const port = await freePort();
  const url = `postgres://steward@127.0.0.1:${String(port)}/postgres`;
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'unix_socket_directories='];
    const [command, args] = asPostgres(path.join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings]);
    server = spawn(command, args, { stdio: 'ignore', cwd: home });
    await untilReady(url);
  }

  // SIGQUIT: immediate shutdown, with recovery at the next start.
  async function crash(): Promise<void> {
    const stopped = server;
    if (stopped === null) return;
    server = null;
    const gone = new Promise((resolve) => stopped.once('exit', resolve));
    stopped.kill('SIGQUIT');
    await gone;
  }

  await start();
  return {
    url,
    crash,
    start,
    async stop() {
      await crash();
      await rm(home, { recursive: true, force: true });
    },
  };
}
