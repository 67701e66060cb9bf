import { setTimeout as sleep } from 'node:timers/promises';
import { startTemporal } from './start-temporal.ts';
import type { StartTemporalParams, TemporalServer } from './start-temporal.ts';

// A server that dies this often in so short a time has a trouble that another start won't mend.
const maxRestarts = 5;
const withinMs = 60_000;
const pauseMs = 500;

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/**
 * A server that is started again, on the same ports, when it dies: its clients reconnect by themselves and open runs go
 * on. `exited` resolves only when it was given up. Throws as `startTemporal` for the first start.
 */
export async function keepTemporal(params: StartTemporalParams): Promise<TemporalServer> {
  let server = await startTemporal(params);
  let stopping = false;
  const { address, uiUrl, pid } = server;
  const preferredPorts = { frontend: portOf(`http://${address}`), ui: portOf(uiUrl) };

  async function startAgain(): Promise<void> {
    await sleep(pauseMs);
    const again = await startTemporal({ ...params, preferredPorts });
    if (again.address === address) {
      server = again;
      return;
    }
    await again.stop();
    throw new Error(`port ${preferredPorts.frontend} was taken meanwhile`);
  }

  async function supervise(): Promise<string> {
    let deaths: readonly number[] = [];
    for (;;) {
      const reason = await server.exited;
      if (stopping) return reason;
      deaths = [...deaths, Date.now()].filter((ms) => Date.now() - ms < withinMs);
      if (deaths.length > maxRestarts) return `${reason}, ${deaths.length} times within a minute`;
      params.onProgress?.(`Temporal ended (${reason}): starting it again.`);
      try {
        await startAgain();
      } catch (error) {
        if (deaths.length === maxRestarts) return error instanceof Error ? error.message : String(error);
        params.onProgress?.(`Temporal did not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  const exited = supervise();
  return {
    address,
    uiUrl,
    pid,
    exited,
    stop: async () => {
      stopping = true;
      await server.stop();
      await exited;
    },
  };
}
