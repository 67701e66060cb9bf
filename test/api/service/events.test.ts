import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventView } from '../../../src/contract/views.ts';
import { appendEvents } from '../../../src/db/runs/run-events.ts';
import { backends, startTimeoutMs } from '../../db/support/backends.ts';
import { ann, ben, startTestService } from './support/test-service.ts';
import type { TestService } from './support/test-service.ts';

const start = { type: 'sample', input: { userPrompt: 'watch me' } };

async function take(events: AsyncIterable<EventView>, count: number): Promise<EventView[]> {
  const taken: EventView[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

describe.each(backends)('watching events on $name', (backend) => {
  let test: TestService;

  beforeAll(async () => {
    test = await startTestService({ backend });
  }, startTimeoutMs);
  afterAll(async () => await test.stop());

  async function append(runId: string, from: number, count: number): Promise<void> {
    for (let number = from; number < from + count; number += 1) {
      await test.db.database.asService(
        async (tx) =>
          await appendEvents(tx, { runId, events: [{ changeKey: `k${number}`, type: 'log', data: { number } }] }),
      );
    }
  }

  it('gives a run’s past and coming events without gap or duplicate, from any position', async () => {
    const api = test.as(ann);
    const { run } = await api.startRun(start);
    await append(run.id, 1, 5);
    const { signal } = new AbortController();
    const whole = take(api.watchRun({ runId: run.id, signal }), 26);
    const later = take(api.watchRun({ runId: run.id, afterSeq: 3, signal }), 23);
    await append(run.id, 6, 20);
    expect((await whole).map((event) => event.seq)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
    expect((await later).map((event) => event.seq)).toEqual(Array.from({ length: 23 }, (_, index) => index + 4));
  });

  it('gives all of the caller’s runs in one stream, and nobody else’s', async () => {
    const api = test.as(ben);
    const { signal } = new AbortController();
    const [one, two] = [(await api.startRun(start)).run, (await api.startRun(start)).run];
    const watching = take(api.watchAll({ signal }), 12);
    const { run: foreign } = await test.as(ann).startRun(start);
    await Promise.all([append(one.id, 1, 5), append(two.id, 1, 5), append(foreign.id, 1, 5)]);
    const seen = await watching;
    const numbers = (runId: string) => seen.filter((event) => event.runId === runId).map((event) => event.seq);
    expect([numbers(one.id), numbers(two.id)]).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6],
    ]);
    const rest = await take(api.watchAll({ after: seen[9]?.cursor ?? '', signal }), 2);
    expect(rest).toEqual(seen.slice(10));
  });

  it('ends when its watcher goes away', async () => {
    const api = test.as(ann);
    const { run } = await api.startRun(start);
    const stop = new AbortController();
    const watching = take(api.watchRun({ runId: run.id, afterSeq: 1, signal: stop.signal }), 1);
    stop.abort();
    expect(await watching).toEqual([]);
  });
});
