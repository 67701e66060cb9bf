import { setTimeout as delay } from 'node:timers/promises';
import { readProcess } from './process-info.ts';

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

async function waitUntilGone(pid: number, forMs: number): Promise<boolean> {
  const endMs = Date.now() + forMs;
  while (Date.now() < endMs) {
    if ((await readProcess(pid)) === null) return true;
    await delay(50);
  }
  return (await readProcess(pid)) === null;
}

/** Ends a process kindly (SIGTERM, 10 s to finish its writes), then by SIGKILL; resolves when it is gone. */
export async function stopProcess(pid: number): Promise<void> {
  send(pid, 'SIGTERM');
  if (await waitUntilGone(pid, 10_000)) return;
  send(pid, 'SIGKILL');
  await waitUntilGone(pid, 10_000);
}
