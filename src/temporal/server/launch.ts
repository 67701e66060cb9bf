import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { guarded } from '../../processes/guard.ts';

export type ServerPorts = { readonly frontend: number; readonly ui: number; readonly metrics: number };

export type LaunchParams = {
  readonly command: string;
  readonly databaseFile: string;
  readonly logFile: string;
  readonly namespace: string;
  readonly ports: ServerPorts;
  /** The server's own settings by name, such as `limit.historyCount.suggestContinueAsNew`. */
  readonly dynamicConfig?: Readonly<Record<string, number>>;
};

/** A server process: `exited` resolves, with how it ended, when it is gone, and never rejects. */
export type Launched = { readonly pid: number; readonly exited: Promise<string> };

function serverArguments({ databaseFile, namespace, ports, dynamicConfig = {} }: LaunchParams): readonly string[] {
  const flags: readonly (readonly [string, string])[] = [
    ['--ip', '127.0.0.1'],
    ['--port', String(ports.frontend)],
    ['--ui-port', String(ports.ui)],
    ['--metrics-port', String(ports.metrics)],
    ['--db-filename', databaseFile],
    // WAL made it three times as fast and lost nothing in kills.
    ['--sqlite-pragma', 'journal_mode=WAL'],
    ['--sqlite-pragma', 'synchronous=NORMAL'],
    ['--log-level', 'warn'],
    ...Object.entries(dynamicConfig).map(([name, value]) => ['--dynamic-config-value', `${name}=${value}`] as const),
    // It makes "default" by itself.
    ...(namespace === 'default' ? [] : [['--namespace', namespace] as const]),
  ];
  return ['server', 'start-dev', ...flags.flat()];
}

/** Starts the server; it is not ready yet. Throws when it can't be spawned at all. */
export async function launchServer(params: LaunchParams): Promise<Launched> {
  // Elsewhere than on Linux the next start finds it by its pid file.
  const { file, args } = await guarded(params.command, serverArguments(params));
  const child = execa(file, args, {
    // Out of our process group: a Ctrl-C on the terminal is ours to answer, workers drain before the server goes.
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    stdout: { file: params.logFile },
    stderr: { file: params.logFile },
  });
  const exited = child.then(
    ({ exitCode, signal, shortMessage }) => shortMessage ?? `it ended with ${signal ?? `exit code ${exitCode}`}`,
  );
  if (child.pid === undefined) throw new Error(await exited);
  return { pid: child.pid, exited };
}

/** The end of the server's log, for the error that says why it didn't start. */
export async function readLogEnd(logFile: string): Promise<string> {
  try {
    return (await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join('\n');
  } catch {
    // Nothing was written.
    return '';
  }
}
