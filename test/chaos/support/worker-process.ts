import { execa } from 'execa';
import { expect } from 'vitest';
import { bin, cleanEnvironment } from '../../cli/support/up.ts';

type Settings = Readonly<Record<string, string>>;
const readyWithinMs = 120_000;

/** One `steward` process of a cluster. */
export type ClusterProcess = {
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM, as a deploy does; fails the test unless it ends with 0. */
  stop(): Promise<void>;
  /** SIGSTOP: it does nothing at all until `thaw`. */
  freeze(): void;
  thaw(): void;
};

/** Starts `steward <args>` and waits until it says that it is ready. */
export async function startProcess(args: readonly string[], env: Settings): Promise<ClusterProcess> {
  const child = execa(process.execPath, [bin, ...args], {
    env: cleanEnvironment(env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
  });
  let said = '';
  child.all.setEncoding('utf8');
  const ready = new Promise<void>((resolve, reject) => {
    child.all.on('data', (text: string) => {
      said += text;
      if (/(Workers are|gateway is) ready/u.test(said)) resolve();
    });
    const fail = (what: string): void => reject(new Error(`steward ${args.join(' ')} ${what}:\n${said}`));
    void child.then(() => fail('ended before it was ready'));
    setTimeout(() => fail('was not ready in time'), readyWithinMs).unref();
  });
  try {
    await ready;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await child;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const { exitCode } = await child;
      expect({ exitCode, said }).toMatchObject({ exitCode: 0 });
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}
