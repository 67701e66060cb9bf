import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { EventSourceMessage } from 'eventsource-parser/stream';
import type { JsonObject } from '../../src/contract/json.ts';
import { appendEvents } from '../../src/db/runs/run-events.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call } from './support/call.ts';
import { ann, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

const path = '/api/sample/process';
let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  const progress = [
    { phase: 'first', name: 'analysis', percent: 25 },
    { phase: 'second', name: 'extraction', percent: 50 },
  ];
  const stream = { type: 'sample', path, summary: 'Sample, streamed', textField: 'userPrompt', progress };
  gateway = await startTestGateway({ streams: [stream], config: { heartbeatMs: 30 } });
  token = await gateway.token();
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

type Told = { readonly event: string | undefined; readonly data: JsonObject };

class Telling {
  readonly #reader: ReadableStreamDefaultReader<EventSourceMessage>;

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  }

  async next(): Promise<Told | null> {
    const { value } = await this.#reader.read();
    return value === undefined ? null : { event: value.event, data: JSON.parse(value.data) as JsonObject };
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function open(
  body: JsonObject,
  { signal, headers = {} }: { readonly signal?: AbortSignal; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly telling: Telling; readonly runId: string }> {
  const response = await fetch(gateway.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  if (response.body === null) throw new Error('no body');
  const telling = new Telling(response.body);
  const first = await telling.next();
  expect(first).toMatchObject({ event: 'message', data: { phase: 'started', progress: 0 } });
  return { telling, runId: textOf(first?.data['runId']) };
}

async function happen(runId: string, type: string, data: JsonObject): Promise<void> {
  const events = [{ changeKey: `${type}:${JSON.stringify(data)}`, type, data }];
  await gateway.test.db.database.asService(async (tx) => await appendEvents(tx, { runId, events }));
}

async function finish(
  runId: string,
  row: { readonly status: 'completed' | 'failed'; readonly error?: string },
): Promise<void> {
  await gateway.test.db.database.asService(async (tx) => {
    await tx
      .updateTable('agentic_workflows')
      .set({
        status: row.status,
        outcome: row.status,
        error_code: row.error === undefined ? null : 'model_failed',
        error_message: row.error ?? null,
      })
      .where('id', '=', runId)
      .execute();
  });
  await happen(runId, 'run.finished', { status: row.status });
}

describe("a type's own stream", () => {
  it('starts a run and tells of it at once, phase by phase, to its end', async () => {
    const { telling, runId } = await open({ content: 'paint the door', context: 'blue' });
    expect(await gateway.test.as(ann).getRun({ runId })).toMatchObject({
      type: 'sample',
      input: { userPrompt: 'paint the door', context: 'blue' },
    });
    await happen(runId, 'run.phase', { phase: 'first' });
    expect(await telling.next()).toEqual({ event: 'message', data: { phase: 'analysis', progress: 25, runId } });
    await happen(runId, 'run.phase', { phase: 'second' });
    expect(await telling.next()).toEqual({ event: 'message', data: { phase: 'extraction', progress: 50, runId } });
    await finish(runId, { status: 'completed' });
    expect(await telling.next()).toMatchObject({
      data: { phase: 'complete', progress: 100, outcome: 'completed', result: [] },
    });
    expect(await telling.next()).toBeNull();
  });

  it('ends with a problem document when the run fails', async () => {
    const { telling, runId } = await open({ text: 'paint the fence' });
    await finish(runId, { status: 'failed', error: 'No model answered.' });
    const last = await telling.next();
    expect(last?.event).toBe('error');
    expect(last?.data).toMatchObject({ code: 'model_failed', instance: runId, type: '/problems/model-failed' });
    expect(await telling.next()).toBeNull();
  });

  it('is opened again by the same Idempotency-Key, on the same run', async () => {
    const headers = { 'Idempotency-Key': 'stream-1' };
    const first = await open({ content: 'paint the shed' }, { headers });
    const again = await open({ content: 'paint the shed' }, { headers });
    expect(again.runId).toBe(first.runId);
    await finish(first.runId, { status: 'completed' });
    for (const { telling } of [first, again]) expect((await telling.next())?.data['phase']).toBe('complete');
  });

  it('leaves the run alone when its reader goes away', async () => {
    const leaving = new AbortController();
    const { runId } = await open({ content: 'paint the roof' }, { signal: leaving.signal });
    leaving.abort();
    await happen(runId, 'run.phase', { phase: 'first' });
    expect(await gateway.test.as(ann).getRun({ runId })).toMatchObject({ status: 'queued' });
  });

  it.each([
    ['text twice', { content: 'a', text: 'b' }, 'text'],
    ['an unknown field', { content: 'a', nonsense: true }, 'nonsense'],
    ['options that are none', { content: 'a', options: { maxSteps: -1 } }, 'maxSteps'],
    ['an empty text', { content: '  ' }, 'content'],
  ])('refuses %s by name, before any stream', async (_case, body, named) => {
    const refused = await call(gateway.url + path, 'POST', { token, body });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain(named);
  });

  it('needs a token, and is in the description of the API', async () => {
    expect((await call(gateway.url + path, 'POST', { body: { content: 'a' } })).status).toBe(401);
    const described = await call(`${gateway.url}/api/openapi.json`, 'GET', {});
    expect(JSON.stringify(described.body)).toContain(path);
  });
});
