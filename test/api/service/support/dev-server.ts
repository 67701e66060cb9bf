import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

const attributes = [
  'StewardType',
  'StewardUser',
  'StewardProject',
  'StewardStatus',
  'StewardPhase',
  'StewardWaitingOn',
];

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function connect(address: string): Promise<Connection> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return connection;
    } catch (error) {
      if (attempt > 100) throw error;
      await sleep(200);
    }
  }
}

export type DevServer = { readonly address: string; readonly connection: Connection; stop(): Promise<void> };

/** A Temporal server of this test file's own, in memory, on a free port (or the one given). */
export async function startDevServer(params: { readonly port?: number } = {}): Promise<DevServer> {
  const binary = process.env['STEWARD_TEMPORAL_CLI'] ?? path.join(homedir(), '.cache', 'steward', 'temporal');
  const port = params.port ?? (await freePort());
  const flags = attributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]);
  const args = [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--log-level',
    'never',
    ...flags,
    '--search-attribute',
    'StewardCostUsd=Double',
  ];
  const server = spawn(binary, args, { stdio: 'ignore' });
  const connection = await connect(`127.0.0.1:${port}`);
  return {
    address: `127.0.0.1:${port}`,
    connection,
    async stop() {
      await connection.close();
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    },
  };
}

export { freePort };
