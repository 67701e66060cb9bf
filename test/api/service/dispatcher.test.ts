import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDispatcher } from '../../../src/dispatcher/dispatcher.ts';
import { createPulse } from '../../../src/dispatcher/pulse.ts';
import { backends, startTimeoutMs } from '../../db/support/backends.ts';
import { freePort, startDevServer } from './support/dev-server.ts';
import type { DevServer } from './support/dev-server.ts';
import { ann, quiet, startTestService } from './support/test-service.ts';
import type { TestService } from './support/test-service.ts';

const start = { type: 'sample', input: { userPrompt: 'deliver me' } };

describe.each(backends)('the dispatcher on $name', (backend) => {
  let test: TestService;
  let server: DevServer | null = null;
  let client: Client | null = null;

  beforeAll(async () => {
    test = await startTestService({ backend });
  }, startTimeoutMs);
  afterAll(async () => {
    await server?.stop();
    await test.stop();
  }, startTimeoutMs);

  async function open(): Promise<number> {
    const rows = await test.db.database.asService(
      async (tx) => await tx.selectFrom('outbox').select('id').where('done_at', 'is', null).execute(),
    );
    return rows.length;
  }

  it(
    'starts every kept run once Temporal is there, each once, with several dispatchers at work',
    async () => {
      const api = test.as(ann);
      const runs = await Promise.all(Array.from({ length: 30 }, async () => (await api.startRun(start)).run));
      const cancelled = (await api.startRun(start)).run;
      await api.cancelRun({ runId: cancelled.id });
      const { database } = test.db;
      const deps = {
        database,
        temporal: () => client,
        taskQueues: { runs: 'steward-runs' },
        now: () => new Date(),
        log: quiet,
      };
      const dispatchers = [startDispatcher(deps), startDispatcher(deps), startDispatcher(deps)];
      try {
        await sleep(1_500);
        // All starts and the late cancellation wait, and nobody has counted a try against them.
        expect(await open()).toBe(31);
        server = await startDevServer({ port: await freePort() });
        client = new Client({ connection: server.connection });
        for (let attempt = 0; attempt < 200 && (await open()) > 1; attempt += 1) await sleep(100);
        expect(await open()).toBe(1);
        const started = await Promise.all(
          runs.map(async ({ id }) => (await client?.workflow.getHandle(`run-${id}`).describe())?.type),
        );
        expect(started).toEqual(runs.map(() => 'sample'));
        await expect(client.workflow.getHandle(`run-${cancelled.id}`).describe()).rejects.toThrow(/not found/i);
      } finally {
        await Promise.all(dispatchers.map(async (dispatcher) => await dispatcher.stop()));
      }
    },
    startTimeoutMs,
  );

  it(
    'gives a message that fails back with its reason, and counts the try',
    async () => {
      const { run } = await test.as(ann).startRun(start);
      await server?.stop();
      server = null;
      const { database } = test.db;
      const dispatcher = startDispatcher({
        database,
        temporal: () => client,
        taskQueues: { runs: 'steward-runs' },
        now: () => new Date(),
        log: quiet,
      });
      const read = async () =>
        await database.asService(
          async (tx) =>
            await tx.selectFrom('outbox').selectAll().where('run_id', '=', run.id).executeTakeFirstOrThrow(),
        );
      try {
        for (let attempt = 0; attempt < 300 && (await read()).last_error === null; attempt += 1) await sleep(100);
        const row = await read();
        expect([row.attempts >= 1, row.last_error === null, row.done_at]).toEqual([true, false, null]);
      } finally {
        await dispatcher.stop();
      }
    },
    startTimeoutMs,
  );
});

async function reached(count: () => number, wanted: number): Promise<void> {
  while (count() < wanted) await sleep(1);
}

describe('the pulse', () => {
  it('goes on after a round that failed, and stops when told', async () => {
    let rounds = 0;
    const troubles: unknown[] = [];
    const pulse = createPulse({
      everyMs: 1,
      work: async () => {
        rounds += 1;
        if (rounds === 1) throw new Error('away');
        return false;
      },
      onTrouble: (error) => troubles.push(error),
    });
    await reached(() => rounds, 3);
    await pulse.stop();
    const stopped = rounds;
    await sleep(5);
    expect([rounds, troubles.length]).toEqual([stopped, 1]);
  });

  it('works again at once when there is more, and when woken meanwhile', async () => {
    let rounds = 0;
    const pulse = createPulse({ everyMs: 60_000, work: async () => ++rounds < 3, onTrouble: () => undefined });
    await reached(() => rounds, 3);
    pulse.wake();
    await reached(() => rounds, 4);
    await pulse.stop();
    expect(rounds).toBe(4);
  });
});
