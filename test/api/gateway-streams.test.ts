import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { EventSourceMessage } from 'eventsource-parser/stream';
import { StewardError } from '../../src/contract/errors.ts';
import type { EventView } from '../../src/contract/views.ts';
import { appendEvents } from '../../src/db/runs/run-events.ts';
import { createHttpClient } from '../../src/api/http-client.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call, named } from './support/call.ts';
import { ann, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let token: string;
let watching = 0;
let pulled = 0;

beforeAll(async () => {
  gateway = await startTestGateway({
    config: { heartbeatMs: 30 },
    calls: (api) => ({
      async *watchRun(params) {
        watching += 1;
        try {
          for await (const event of api.watchRun(params)) {
            pulled += 1;
            yield event;
          }
        } finally {
          watching -= 1;
        }
      },
    }),
  });
  token = await gateway.token();
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

async function newRun(): Promise<string> {
  return (await gateway.test.as(ann).startRun({ type: 'sample', input: { userPrompt: 'paint' } })).run.id;
}

async function append(runId: string, count: number, from = 0): Promise<void> {
  const events = Array.from({ length: count }, (_none, index) => ({
    changeKey: `k${from + index}`,
    type: 'log',
    data: { level: 'info', text: `line\n${from + index}` },
  }));
  await gateway.test.db.database.asService(async (tx) => await appendEvents(tx, { runId, events }));
}

async function finish(runId: string): Promise<void> {
  await gateway.test.db.database.asService(async (tx) => {
    await tx
      .updateTable('agentic_workflows')
      .set({ status: 'completed', outcome: 'completed' })
      .where('id', '=', runId)
      .execute();
    await appendEvents(tx, {
      runId,
      events: [{ changeKey: 'end', type: 'run.finished', data: { status: 'completed' } }],
    });
  });
}

async function open(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<ReadableStream<EventSourceMessage>> {
  const response = await fetch(gateway.url + path, {
    headers: { Authorization: `Bearer ${token}`, ...headers },
    signal: signal ?? null,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  if (response.body === null) throw new Error('no body');
  return response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
}

function countPulled(): number {
  return pulled;
}

async function readAll(stream: ReadableStream<EventSourceMessage>): Promise<readonly EventSourceMessage[]> {
  const all: EventSourceMessage[] = [];
  for await (const message of stream) all.push(message);
  return all;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the events of a run', () => {
  it('come with number, type and data, past and live, and end when the run has finished', async () => {
    const runId = await newRun();
    await append(runId, 2);
    const reading = readAll(await open(`/api/runs/${runId}/events`));
    await append(runId, 2, 2);
    await finish(runId);
    const messages = await reading;
    expect(messages.map(({ id, event }) => [id, event])).toEqual([
      ['1', 'run.created'],
      ['2', 'log'],
      ['3', 'log'],
      ['4', 'log'],
      ['5', 'log'],
      ['6', 'run.finished'],
      ['6', 'end'],
    ]);
    const event: EventView = JSON.parse(messages[1]?.data ?? '');
    expect([event.runId, event.seq, event.data['text']]).toEqual([runId, 2, 'line\n0']);
  });

  it('go on after Last-Event-ID, which counts more than ?after=', async () => {
    const runId = await newRun();
    await append(runId, 450);
    await finish(runId);
    const ids = (messages: readonly EventSourceMessage[]): readonly unknown[] => [
      messages.length,
      messages[0]?.id,
      messages.at(-1)?.event,
    ];
    expect(ids(await readAll(await open(`/api/runs/${runId}/events?after=450`)))).toEqual([3, '451', 'end']);
    expect(ids(await readAll(await open(`/api/runs/${runId}/events?after=450`, { 'Last-Event-ID': '2' })))).toEqual([
      451,
      '3',
      'end',
    ]);
    expect(ids(await readAll(await open(`/api/runs/${runId}/events`, { 'Last-Event-ID': '452' })))).toEqual([
      1,
      '452',
      'end',
    ]);
    const wrong = await call(`${gateway.url}/api/runs/${runId}/events`, 'GET', {
      token,
      headers: { 'Last-Event-ID': 'x' },
    });
    expect(wrong.status).toBe(422);
  });

  it('are a list for those who ask for JSON', async () => {
    const runId = await newRun();
    await append(runId, 3);
    const { body } = await call(`${gateway.url}/api/runs/${runId}/events?after=1&limit=2`, 'GET', {
      token,
      headers: { Accept: 'application/json' },
    });
    expect((body['data'] as unknown as readonly EventView[]).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('are refused with a status of their own before the stream opens', async () => {
    const answer = await call(`${gateway.url}/api/runs/00000000-0000-7000-8000-0000000000ff/events`, 'GET', { token });
    expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
  });

  it('are no longer watched once the reader has gone', async () => {
    const stop = new AbortController();
    const stream = await open(`/api/runs/${await newRun()}/events`, {}, stop.signal);
    const reading = readAll(stream).catch(() => []);
    await until(() => watching === 1);
    stop.abort();
    await reading;
    await until(() => watching === 0);
  });

  it('carry comments between them, so that a silent stream is known to be alive', async () => {
    const response = await fetch(`${gateway.url}/api/runs/${await newRun()}/events`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes(':alive')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    expect(text).toContain('retry:1000');
  });

  it('wait for a reader that takes nothing, instead of being piled up, and then all come', async () => {
    const runId = await newRun();
    const big = Array.from({ length: 60 }, (_none, index) => ({
      changeKey: `b${index}`,
      type: 'log',
      data: { text: 'x'.repeat(500_000), index },
    }));
    await gateway.test.db.database.asService(async (tx) => await appendEvents(tx, { runId, events: big }));
    pulled = 0;
    const socket = connect(gateway.served.port, '127.0.0.1').pause();
    socket.write(
      `GET /api/runs/${runId}/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    let before = -1;
    do {
      before = pulled;
      await new Promise((resolve) => setTimeout(resolve, 200));
    } while (countPulled() === 0 || countPulled() !== before);
    expect(pulled).toBeLessThan(60);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    const ended = new Promise((resolve) => socket.once('end', resolve));
    socket.resume();
    await finish(runId);
    await ended;
    expect([text.split('event:log').length - 1, text.includes('event:end')]).toEqual([60, true]);
  });
});

describe('the events of all runs', () => {
  it('carry cursors and go on after one, through either header or query', async () => {
    const [first, second] = [await newRun(), await newRun()];
    const stop = new AbortController();
    const [start] = await gateway.test.as(ann).listEvents({ runId: first });
    for (const [path, headers] of [
      [`/api/events?after=${start?.cursor ?? ''}`, {}],
      ['/api/events', { 'Last-Event-ID': start?.cursor ?? '' }],
    ] as const) {
      const reader = (await open(path, headers, stop.signal)).getReader();
      const { value } = await reader.read();
      const event: EventView = JSON.parse(value?.data ?? '');
      expect([event.runId, value?.id]).toEqual([second, event.cursor]);
    }
    stop.abort();
  });

  it('are refused before any stream when a cursor is none', async () => {
    const refused = await call(`${gateway.url}/api/events?after=nonsense`, 'GET', { token });
    expect([refused.status, named(refused)]).toEqual([422, ['after']]);
    const { signal } = new AbortController();
    const watch = async (): Promise<void> => {
      for await (const event of (await gateway.client()).watchAll({ after: 'nonsense', signal }))
        expect(event).toBeUndefined();
    };
    await expect(watch()).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('the client', () => {
  it('goes on after the last event when its connection breaks, missing none and repeating none', async () => {
    const runId = await newRun();
    await append(runId, 20);
    let connections = 0;
    const flaky: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      connections += 1;
      if (connections > 3 || response.body === null) return response;
      // Cuts the stream after its first few hundred bytes, wherever that is.
      let left = 700;
      const cut = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          controller.enqueue(chunk.subarray(0, Math.max(0, left)));
          left -= chunk.length;
          if (left <= 0) controller.error(new TypeError('terminated'));
        },
      });
      return new Response(response.body.pipeThrough(cut), { headers: response.headers });
    };
    const api = createHttpClient({ baseUrl: gateway.url, token, fetch: flaky, retryMs: 5 });
    await finish(runId);
    const seen: number[] = [];
    for await (const event of api.watchRun({ runId, signal: new AbortController().signal })) seen.push(event.seq);
    expect(seen).toEqual(Array.from({ length: 22 }, (_none, index) => index + 1));
    expect(connections).toBeGreaterThan(2);
  });

  it('says where it looked when nobody is there', async () => {
    const api = createHttpClient({ baseUrl: 'http://127.0.0.1:1', token, retryMs: 1 });
    const error: unknown = await api.listRuns({}).catch((thrown: unknown) => thrown);
    expect(error instanceof StewardError && [error.code, error.message]).toEqual([
      'unavailable',
      expect.stringContaining('http://127.0.0.1:1'),
    ]);
  });
});
