import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../../src/config/env.ts';

/** What a process of the bench answers: a name of `Answers`, and what it needs to know. */
export type Child = {
  readonly pid: number;
  /** Rejects with what the process says went wrong, or when it ends first. */
  ask<T>(question: string, params?: object): Promise<T>;
  readonly stop: () => Promise<void>;
};

type Reply = { readonly id: number; readonly value?: unknown; readonly error?: string };
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** Starts `bench/processes/<name>.ts` with its settings and waits until it is ready. It ends with this process. */
export async function startChild(name: string, settings: object): Promise<Child> {
  const file = fileURLToPath(new URL(`../processes/${name}.ts`, import.meta.url));
  const env = { ...readEnvironment(), TZ: 'UTC' };
  const child = fork(file, [JSON.stringify(settings)], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, Waiting>();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let last = 0;
  child.on('message', (message) => {
    // Written by `answerQuestions` of our own processes.
    const { id, value, error } = message as Reply;
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(value);
    else one?.reject(new Error(`${name}: ${error}`));
  });
  child.once('exit', () => {
    for (const one of waiting.values()) one.reject(new Error(`The process "${name}" ended.`));
  });
  async function ask<T>(question: string, params: object = {}): Promise<T> {
    last += 1;
    const id = last;
    return await new Promise<T>((resolve, reject) => {
      // Each question has one kind of answer, which the caller names.
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      child.send({ id, question, params });
    });
  }
  await ask('ready');
  return {
    pid: child.pid ?? 0,
    ask,
    async stop() {
      if (child.connected) await ask('stop').catch(() => undefined);
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
