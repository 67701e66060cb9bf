import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call, named } from './support/call.ts';
import { ann, ben, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let token: string;
let runs: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  token = await gateway.token();
  runs = `${gateway.url}/api/runs`;
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

const start = { type: 'sample', input: { userPrompt: 'paint' } };

describe('tokens', () => {
  it('are needed, and only looked for in the Authorization header', async () => {
    for (const url of [runs, `${runs}?token=${token}`]) {
      const answer = await call(url);
      expect([answer.status, answer.body['code'], answer.headers.get('www-authenticate')]).toEqual([
        401,
        'unauthorized',
        'Bearer realm="steward"',
      ]);
    }
  });

  it('are refused when they are unknown or of another scheme', async () => {
    const wrong = [`Bearer stw_${'a'.repeat(43)}`, `Basic ${token}`, 'Bearer nonsense', `Bearer ${token}x`];
    for (const Authorization of wrong) {
      const { status, headers } = await call(runs, 'GET', { headers: { Authorization } });
      expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')]);
    }
  });

  it('without the scope are refused with the scope that is missing', async () => {
    const agent = await gateway.token(ann, ['runs']);
    const id = '00000000-0000-7000-8000-0000000000ff';
    const decide = await call(`${gateway.url}/api/requests/${id}/decide`, 'POST', {
      token: agent,
      body: { decision: 'approve' },
    });
    expect([decide.status, decide.body['code'], decide.body['required']]).toEqual([403, 'forbidden', ['decide']]);
    const tokens = await call(`${gateway.url}/api/tokens`, 'POST', {
      token: agent,
      body: { name: 'x', scopes: ['admin'] },
    });
    expect([tokens.status, tokens.body['required']]).toEqual([403, ['admin']]);
  });

  it('of another user find nothing', async () => {
    const { body } = await call(runs, 'POST', { token, body: start });
    const id = (body['data'] as { readonly id: string }).id;
    const answer = await call(`${runs}/${id}`, 'GET', { token: await gateway.token(ben) });
    expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
  });
});

describe('starting a run', () => {
  it('answers 202 with the run and its address while Temporal is away, and 200 for a dedupKey that is taken', async () => {
    const first = await call(runs, 'POST', { token, body: { ...start, dedupKey: 'once' } });
    const { id } = first.body['data'] as { readonly id: string };
    expect([first.status, first.headers.get('location'), first.body['started']]).toEqual([
      202,
      `/api/runs/${id}`,
      false,
    ]);
    const second = await call(runs, 'POST', { token, body: { ...start, dedupKey: 'once' } });
    expect([second.status, (second.body['data'] as { readonly id: string }).id]).toEqual([200, id]);
  });

  it('names every field that is missing or wrong', async () => {
    const empty = await call(runs, 'POST', { token, body: {} });
    expect([empty.status, empty.body['type'], named(empty)]).toEqual([
      422,
      '/problems/invalid-input',
      ['input', 'type'],
    ]);
    const without = await call(runs, 'POST', { token });
    expect([without.status, named(without)]).toEqual([422, ['input', 'type']]);
    const wrong = await call(runs, 'POST', {
      token,
      body: {
        type: 'sample',
        input: { userPrompt: 7, colour: 'red' },
        priority: 0,
        speed: 1,
        budget: { maxCostUsd: 'all' },
      },
    });
    expect([wrong.status, named(wrong)]).toEqual([
      422,
      ['budget.maxCostUsd', 'input.colour', 'input.userPrompt', 'priority', 'speed'],
    ]);
    const untyped = await call(runs, 'POST', { token, body: { input: 'text', priority: 0 } });
    expect([untyped.status, named(untyped)]).toEqual([422, ['input', 'priority', 'type']]);
  });

  it('answers 404 with the known types for an unknown one', async () => {
    const { status, body } = await call(runs, 'POST', { token, body: { type: 'nothing', input: {} } });
    expect([status, body['code'], body['known']]).toEqual([404, 'unknown_workflow_type', ['sample']]);
  });
});

describe('bodies', () => {
  it('that are no JSON are malformed, and so is JSON of the wrong shape wrong in its fields', async () => {
    for (const raw of ['{"type":', 'nonsense', '{"a":1}}', '\u0000']) {
      const answer = await call(runs, 'POST', { token, raw });
      expect([raw, answer.status, answer.body['code']]).toEqual([raw, 400, 'invalid_input']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    for (const raw of ['null', '7', '"text"', '[]'])
      expect([raw, (await call(runs, 'POST', { token, raw })).status]).toEqual([raw, 422]);
  });

  it('of another content type are refused with the one that is taken', async () => {
    const answer = await call(runs, 'POST', {
      token,
      raw: 'type=sample',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect([answer.status, answer.body['accepted']]).toEqual([415, ['application/json', 'application/*+json']]);
    const calendar = await call(`${gateway.url}/api/calendar/import`, 'POST', { token, body: {} });
    expect([calendar.status, calendar.headers.get('accept')]).toEqual([415, 'text/calendar']);
    const charset = await call(runs, 'POST', {
      token,
      raw: '{}',
      headers: { 'Content-Type': 'application/json; charset=latin7' },
    });
    expect(charset.status).toBe(415);
  });

  it('that are too large are refused before they are read: 1 MB of JSON, 2 MB of calendar', async () => {
    const json = await call(runs, 'POST', { token, body: { ...start, input: { userPrompt: 'x'.repeat(1_048_576) } } });
    expect([json.status, json.body['code'], json.body['limit']]).toEqual([413, 'payload_too_large', 1_048_576]);
    const text = { token, headers: { 'Content-Type': 'text/calendar' } };
    const fits = await call(`${gateway.url}/api/calendar/import`, 'POST', { ...text, raw: 'x'.repeat(1_500_000) });
    expect(fits.status).toBe(422);
    expect(
      (await call(`${gateway.url}/api/calendar/import`, 'POST', { ...text, raw: 'x'.repeat(2_097_153) })).status,
    ).toBe(413);
  });

  it('that Postgres could not hold, or code not walk, are named and refused', async () => {
    const nul = await call(runs, 'POST', { token, body: { type: 'sample', input: { userPrompt: 'a\u0000b' } } });
    expect([nul.status, named(nul)]).toEqual([422, ['input.userPrompt']]);
    const half = await call(runs, 'POST', { token, raw: '{"type":"sample","input":{"userPrompt":"\\ud800"}}' });
    expect([half.status, named(half)]).toEqual([422, ['input.userPrompt']]);
    const deep = await call(runs, 'POST', {
      token,
      raw: `{"type":"sample","input":{"context":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`,
    });
    expect([deep.status, deep.text]).toEqual([422, expect.stringContaining('nested deeper')]);
  });
});

describe('addresses', () => {
  it('that are unknown are 404, and other methods of known ones 405 with those that are possible', async () => {
    const unknown = await call(`${gateway.url}/api/nothing`, 'GET', { token });
    expect([unknown.status, unknown.body['type']]).toEqual([404, '/problems/not-found']);
    const put = await call(runs, 'PUT', { token, body: {} });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST, GET, HEAD']);
    expect((await call(`${gateway.url}/api/runs/%E0%A4%A`, 'GET', { token })).status).toBe(400);
    expect((await call(`${runs}/not-an-id`, 'GET', { token })).status).toBe(404);
  });

  it('refuse a cursor that only looks like one, by its name', async () => {
    for (const place of [
      '2026-99-99T00:00:00Z 00000000-0000-7000-8000-000000000000',
      `2026-01-01T00:00:00Z ${'-'.repeat(36)}`,
    ]) {
      const cursor = Buffer.from(place).toString('base64url');
      for (const list of ['runs', 'notes', 'files', 'schedules', 'daily-briefs', 'requests']) {
        const answer = await call(`${gateway.url}/api/${list}?cursor=${cursor}`, 'GET', { token });
        expect([answer.status, named(answer)]).toEqual([422, ['cursor']]);
      }
    }
    const stream = await call(`${gateway.url}/api/events?after=yesterday`, 'GET', { token });
    expect([stream.status, named(stream)]).toEqual([422, ['after']]);
    const resumed = await call(`${gateway.url}/api/events`, 'GET', { token, headers: { 'Last-Event-ID': '7' } });
    expect([resumed.status, named(resumed)]).toEqual([422, ['Last-Event-ID']]);
  });

  it('refuse a filter that the kind of record does not have', async () => {
    const wrong = await call(`${gateway.url}/api/notes?status=open`, 'GET', { token });
    expect([wrong.status, named(wrong)]).toEqual([422, ['status']]);
    expect((await call(`${gateway.url}/api/projects?projectId=${ann}`, 'GET', { token })).status).toBe(422);
  });

  it('refuse query parameters that are unknown or wrong, each by its name', async () => {
    const answer = await call(`${runs}?status=sleeping&limit=0&colour=red&projectId=x`, 'GET', { token });
    expect([answer.status, named(answer)]).toEqual([422, ['colour', 'limit', 'projectId', 'status']]);
    expect((await call(`${runs}?status=queued&status=paused`, 'GET', { token })).status).toBe(422);
  });

  it('are not answered under another host name', async () => {
    // fetch sets Host by itself.
    const { port } = gateway.served;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 421 /);
  });
});
