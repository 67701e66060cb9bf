import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardError } from '../../src/contract/errors.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call } from './support/call.ts';
import type { Answer } from './support/call.ts';
import { ann, ben, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let token: string;
let runs: string;
const messages: (string | undefined)[] = [];
let failures = 0;

beforeAll(async () => {
  gateway = await startTestGateway({
    calls: () => ({
      async pauseRun({ messageId }) {
        messages.push(messageId);
        return await Promise.resolve({ accepted: true, duplicate: false });
      },
      async resumeRun() {
        failures += 1;
        return await Promise.reject(new StewardError('unavailable', 'Temporal is away.'));
      },
    }),
  });
  token = await gateway.token();
  runs = `${gateway.url}/api/runs`;
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

const start = { type: 'sample', input: { userPrompt: 'paint', context: { a: 1, b: 2 } } };

async function post(
  key: string,
  body: typeof start | { readonly type: string; readonly input: object } = start,
  by = token,
): Promise<Answer> {
  return await call(runs, 'POST', { token: by, raw: JSON.stringify(body), headers: { 'Idempotency-Key': key } });
}

function idOf({ body }: Answer): string {
  return (body['data'] as { readonly id: string }).id;
}

async function countRuns(): Promise<number> {
  return (await gateway.test.as(ann).listRuns({ limit: 200 })).items.length;
}

describe('an Idempotency-Key', () => {
  it('answers the same request as the first time, whatever the order of its keys, without doing it again', async () => {
    const first = await post('twice');
    const before = await countRuns();
    const second = await post('twice', { input: { context: { b: 2, a: 1 }, userPrompt: 'paint' }, type: 'sample' });
    expect([second.status, second.text, second.headers.get('location')]).toEqual([
      first.status,
      first.text,
      first.headers.get('location'),
    ]);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(await countRuns()).toBe(before);
  });

  it('is refused for another body and for another address', async () => {
    await post('other');
    const body = await post('other', { ...start, input: { userPrompt: 'else' } });
    expect([body.status, body.body['code']]).toEqual([422, 'idempotency_conflict']);
    const address = await call(`${gateway.url}/api/notes`, 'POST', {
      token,
      body: { title: 'x' },
      headers: { 'Idempotency-Key': 'other' },
    });
    expect([address.status, address.body['code']]).toEqual([422, 'idempotency_conflict']);
  });

  it('does what came eight times at once a single time', async () => {
    const before = await countRuns();
    const answers = await Promise.all(Array.from({ length: 8 }, async () => await post('crowd')));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(await countRuns()).toBe(before + 1);
  });

  it('is each user’s own', async () => {
    const first = await post('mine');
    const second = await post('mine', start, await gateway.token(ben));
    expect(idOf(second)).not.toBe(idOf(first));
  });

  it('is free again after a request that failed', async () => {
    expect((await post('mend', { type: 'sample', input: { userPrompt: '' } })).status).toBe(422);
    expect((await post('mend')).status).toBe(202);
  });

  it('is the id of a message to a run, so that the run itself takes it once', async () => {
    const id = idOf(await post('message'));
    await call(`${runs}/${id}/pause`, 'POST', { token, headers: { 'Idempotency-Key': 'pause-1' } });
    await call(`${runs}/${id}/pause`, 'POST', { token, headers: { 'Idempotency-Key': 'pause-1' } });
    await call(`${runs}/${id}/pause`, 'POST', { token });
    expect(messages).toEqual(['pause-1', undefined]);
  });

  it('keeps no secret: a token is not shown a second time', async () => {
    const headers = { 'Idempotency-Key': 'secret' };
    const body = { name: 'agent', scopes: ['runs'] };
    const first = await call(`${gateway.url}/api/tokens`, 'POST', { token, body, headers });
    const second = await call(`${gateway.url}/api/tokens`, 'POST', { token, body, headers });
    expect([first.status, second.status]).toEqual([201, 409]);
    const rows = await gateway.test.db.database.asService(
      async (tx) => await tx.selectFrom('idempotency_keys').selectAll().execute(),
    );
    expect(JSON.stringify(rows)).not.toContain('stw_');
  });

  it('must be printable', async () => {
    expect((await post('with space')).status).toBe(422);
    expect((await post('x'.repeat(256))).status).toBe(422);
  });

  it('lets the client try again by itself what is answered 503, and tells the caller in the end', async () => {
    const api = await gateway.client();
    const { run } = await api.startRun(start);
    const error: unknown = await api.resumeRun({ runId: run.id }).catch((thrown: unknown) => thrown);
    expect([error instanceof StewardError && error.code, failures]).toEqual(['unavailable', 4]);
  });
});
