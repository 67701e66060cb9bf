import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { follow } from '../../../src/api/service/events/follow.ts';
import { createEventHub } from '../../../src/api/service/events/hub.ts';
import { createWake } from '../../../src/api/service/events/wake.ts';

function source(batchSize: number) {
  const log: number[] = [];
  const wake = createWake();
  const stop = new AbortController();
  const read = async (after: number): Promise<readonly number[]> =>
    log.filter((item) => item > after).slice(0, batchSize);
  const items = follow({ read, positionOf: (item: number) => item, from: 0, wake, signal: stop.signal, pollMs: 5 });
  return { log, wake, stop, items };
}

async function take(items: AsyncGenerator<number>, count: number): Promise<number[]> {
  const taken: number[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

describe('following events', () => {
  it('gives every item once and in order, however they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (bursts, batchSize) => {
          const { log, wake, items } = source(batchSize);
          const total = bursts.reduce((sum, one) => sum + one, 0);
          const taking = take(items, total);
          for (const burst of bursts) {
            for (let count = 0; count < burst; count += 1) log.push(log.length + 1);
            wake.raise();
            await Promise.resolve();
          }
          expect(await taking).toEqual(Array.from({ length: total }, (_, index) => index + 1));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('finds what came without a wake by its own poll', async () => {
    const { log, items } = source(10);
    const taking = take(items, 1);
    await sleep(1);
    log.push(1);
    expect(await taking).toEqual([1]);
  });

  it('ends when the watcher goes away', async () => {
    const { stop, items } = source(10);
    const taking = take(items, 1);
    stop.abort();
    expect(await taking).toEqual([]);
  });
});

describe('the event hub', () => {
  it('listens once for many watchers and wakes those whose id is named', async () => {
    let listeners = 0;
    let send: (payload: string) => void = () => undefined;
    const hub = createEventHub(
      {
        listen: async (_channel, onMessage) => {
          listeners += 1;
          send = onMessage;
          return async () => void (listeners -= 1);
        },
      },
      () => undefined,
    );
    const first = hub.subscribe('run-a');
    const second = hub.subscribe('run-b');
    await sleep(1);
    expect(listeners).toBe(1);
    const never = new AbortController();
    await Promise.all([first.wake.wait(10_000, never.signal), second.wake.wait(10_000, never.signal)]);
    let woken = false;
    const waiting = first.wake.wait(10_000, never.signal).then(() => void (woken = true));
    send(JSON.stringify({ run: 'run-b' }));
    await sleep(1);
    expect(woken).toBe(false);
    send(JSON.stringify({ run: 'run-a' }));
    await waiting;
    await hub.close();
    expect(listeners).toBe(0);
  });

  it('reports a listener that can’t be had and tries again at the next subscription', async () => {
    const troubles: unknown[] = [];
    let attempts = 0;
    const hub = createEventHub(
      {
        listen: async () => {
          attempts += 1;
          throw new Error('the database is away');
        },
      },
      (error) => troubles.push(error),
    );
    hub.subscribe('run-a');
    await sleep(1);
    hub.subscribe('run-a');
    await sleep(1);
    expect([attempts, troubles.length]).toEqual([2, 2]);
    await hub.close();
  });
});
