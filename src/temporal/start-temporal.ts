import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StewardError } from '../contract/errors.ts';
import type { OnProgress } from './binary/build.ts';
import type { TemporalBinary } from './binary/check-binary.ts';
import { awaitReady } from './server/await-ready.ts';
import { confirmDatabaseFile, prepareDatabaseFile } from './server/database-file.ts';
import { findFreePort } from './server/free-port.ts';
import { launchServer, readLogEnd } from './server/launch.ts';
import type { Launched, LaunchParams, ServerPorts } from './server/launch.ts';
import { removePidFile, stopLeftover, writePidFile } from './server/pid-file.ts';
import { stopProcess } from './server/stop-process.ts';

export type StartTemporalParams = {
  readonly binary: TemporalBinary;
  /** Holds `temporal.db`, `temporal.log` and `temporal.pid`; made when missing. */
  readonly dataDir: string;
  readonly namespace?: string;
  readonly onProgress?: OnProgress;
  /** Ports to try first; 0 takes any free one. */
  readonly preferredPorts?: { readonly frontend: number; readonly ui: number };
  readonly dynamicConfig?: LaunchParams['dynamicConfig'];
};

export type TemporalServer = {
  /** `host:port` of its gRPC front end. */
  readonly address: string;
  readonly uiUrl: string;
  readonly pid: number;
  /** Resolves with the reason when the server ends, whoever ended it; never rejects. */
  readonly exited: Promise<string>;
  /** Ends the server kindly and waits for it; may be called twice. */
  readonly stop: () => Promise<void>;
};

const standardPorts = { frontend: 7233, ui: 8233 } as const;
const readyWithinMs = 90_000;

async function choosePorts(params: StartTemporalParams): Promise<ServerPorts> {
  const preferred = params.preferredPorts ?? standardPorts;
  const frontend = await findFreePort(preferred.frontend);
  const ui = await findFreePort(preferred.ui);
  const moved = [
    ...(preferred.frontend === 0 || frontend === preferred.frontend ? [] : [`${preferred.frontend} → ${frontend}`]),
    ...(preferred.ui === 0 || ui === preferred.ui ? [] : [`${preferred.ui} → ${ui} (web UI)`]),
  ];
  if (moved.length > 0)
    params.onProgress?.(`Temporal's usual ports are taken, so others are used: ${moved.join(', ')}.`);
  return { frontend, ui, metrics: await findFreePort(0) };
}

async function failStart(launched: Launched, logFile: string, ended: string | null): Promise<never> {
  await stopProcess(launched.pid);
  const why = ended ?? `it did not answer within ${readyWithinMs / 1000} s`;
  const log = await readLogEnd(logFile);
  throw new StewardError(
    'unavailable',
    `Temporal did not start: ${why}.${log === '' ? '' : `\n${log}`}\nIts log: ${logFile}`,
  );
}

// Between finding a port and using it another process may have taken it; a few times in a row is no coincidence.
const portTries = 4;

function lostPort(error: unknown): boolean {
  return error instanceof StewardError && error.message.includes('address already in use');
}

/**
 * Starts a Temporal server on loopback with its data in `dataDir` and resolves when it answers. Throws `conflict` when
 * another process uses the directory, `unavailable` with the end of the server's log when it doesn't come up.
 */
export async function startTemporal(params: StartTemporalParams): Promise<TemporalServer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(params);
    } catch (error) {
      if (!lostPort(error) || tries === portTries) throw error;
    }
  }
}

async function startOnce(params: StartTemporalParams): Promise<TemporalServer> {
  const { binary, dataDir, namespace = 'default', onProgress } = params;
  await mkdir(dataDir, { recursive: true });
  const pidFile = join(dataDir, 'temporal.pid');
  const logFile = join(dataDir, 'temporal.log');
  const databaseFile = join(dataDir, 'temporal.db');
  if (await stopLeftover(pidFile, databaseFile))
    onProgress?.('Stopped a Temporal server that a former start left behind.');
  await prepareDatabaseFile(databaseFile);
  const ports = await choosePorts(params);
  const { dynamicConfig = {} } = params;
  const launched = await launchServer({
    command: binary.command,
    databaseFile,
    logFile,
    namespace,
    ports,
    dynamicConfig,
  });
  await writePidFile(pidFile, launched.pid);
  let ended: string | null = null;
  const exited = launched.exited.then((reason) => (ended = reason));
  const address = `127.0.0.1:${ports.frontend}`;
  const deadlineMs = Date.now() + readyWithinMs;
  const ready = await awaitReady({ address, namespace, deadlineMs, gaveUp: () => ended !== null });
  if (!ready) await failStart(launched, logFile, ended);
  await confirmDatabaseFile(databaseFile);
  return {
    address,
    uiUrl: `http://127.0.0.1:${ports.ui}`,
    pid: launched.pid,
    exited,
    stop: async () => {
      if (ended === null) await stopProcess(launched.pid);
      await exited;
      await removePidFile(pidFile);
    },
  };
}
