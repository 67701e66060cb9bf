import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DependencyState } from '../../src/gateway/deps.ts';
import type { ArtifactView } from '../../src/contract/views.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call } from './support/call.ts';
import type { Answer } from './support/call.ts';
import { ann, ben, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

let gateway: TestGateway;
let token: string;
const lines: string[] = [];
let states: readonly DependencyState[] = [{ name: 'database', ready: true, detail: null }];

beforeAll(async () => {
  gateway = await startTestGateway({
    log: (line) => lines.push(line),
    ping: async () => await Promise.resolve(states),
    config: { requestsPerMinute: 200, requestTimeoutMs: 300, temporalUiUrl: 'http://127.0.0.1:8233' },
    calls: () => ({
      readArtifact: async ({ artifactId }) =>
        await Promise.resolve({ artifact: artifactOf(artifactId), text: '<script>1</script>' }),
      listTokens: async () => await Promise.reject(new Error('connection to 10.1.2.3 refused by table api_tokens')),
      exportAll: async () => await new Promise(() => undefined),
    }),
  });
  token = await gateway.token();
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

function artifactOf(id: string): ArtifactView {
  const page = id.endsWith('1');
  const name = page ? 'plan "größer".html' : 'plan.md';
  return {
    id,
    runId: ann,
    name,
    mimeType: page ? 'text/html' : 'text/markdown',
    sizeBytes: 18,
    sha256: 'x',
    createdAt: '2026-03-01T00:00:00.000Z',
  };
}

function jobOf({ body }: Answer): string {
  const { jobId } = body;
  return typeof jobId === 'string' ? jobId : '';
}

describe('probes', () => {
  it('answer without a token, and readiness names what is away', async () => {
    expect((await call(`${gateway.url}/healthz`)).status).toBe(200);
    expect((await call(`${gateway.url}/readyz`)).status).toBe(200);
    states = [...states, { name: 'temporal', ready: false, detail: 'not reachable' }];
    const away = await call(`${gateway.url}/readyz`);
    expect([away.status, away.body['data']]).toEqual([503, { ready: false, dependencies: states }]);
  });

  it('count requests by route pattern, not by address', async () => {
    await call(`${gateway.url}/api/runs/00000000-0000-7000-8000-0000000000ff`, 'GET', { token });
    const { text, headers } = await call(`${gateway.url}/metrics`);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain(
      'steward_http_request_duration_seconds_count{method="GET",route="/api/runs/:runId",status="404"} 1',
    );
    expect(text).toContain('steward_runs{status="queued"} 3');
    expect(text).toMatch(/steward_build_info\{version="0\.0\.0-test",node="v24[^"]*"\} 1/);
  });
});

describe('the first page', () => {
  it('says what is here, to people and to programs', async () => {
    const { body } = await call(gateway.url);
    expect(JSON.stringify(body)).toContain('http://127.0.0.1:8233');
    const page = await call(gateway.url, 'GET', { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect([page.headers.get('content-type'), page.text.includes('href="/docs"')]).toEqual([
      'text/html; charset=utf-8',
      true,
    ]);
  });
});

describe('what goes wrong here', () => {
  it('is answered without a word of its inside, and logged with the id of the request', async () => {
    const answer = await call(`${gateway.url}/api/tokens`, 'GET', {
      token,
      headers: { 'X-Request-Id': 'my-request-1' },
    });
    expect([answer.status, answer.body['code'], answer.body['instance'], answer.headers.get('x-request-id')]).toEqual([
      500,
      'internal',
      'my-request-1',
      'my-request-1',
    ]);
    expect(answer.text).not.toContain('10.1.2.3');
    expect(lines.some((line) => line.includes('my-request-1') && line.includes('10.1.2.3'))).toBe(true);
  });

  it('is 503 with Retry-After when it takes too long', async () => {
    const answer = await call(`${gateway.url}/api/export`, 'GET', { token });
    expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([503, 'unavailable', '1']);
  });
});

describe('the log', () => {
  it('holds no token, no body, no query and no secret of a feed', async () => {
    const feed = await call(`${gateway.url}/api/calendar/feed`, 'POST', { token });
    const { path } = feed.body['data'] as { readonly path: string };
    expect((await call(gateway.url + path)).text).toContain('BEGIN:VCALENDAR');
    await call(`${gateway.url}/api/runs?type=private`, 'GET', { token });
    await call(`${gateway.url}/api/notes`, 'POST', { token, body: { title: 'dear diary' } });
    const log = lines.join('');
    expect(log).toContain('/api/notes');
    for (const secret of [token, 'private', 'dear diary', path.split('/').at(-1) ?? path])
      expect(log).not.toContain(secret);
  });
});

describe('answers', () => {
  it('carry headers that keep browsers from running or framing them', async () => {
    const { headers } = await call(`${gateway.url}/api/runs`, 'GET', { token });
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect([headers.get('x-content-type-options'), headers.get('cache-control'), headers.get('x-powered-by')]).toEqual([
      'nosniff',
      'no-store',
      null,
    ]);
  });
});

describe('a document', () => {
  it('is downloaded under its name, and never as what a browser would run', async () => {
    const id = '00000000-0000-7000-8000-00000000000';
    const page = await call(`${gateway.url}/api/artifacts/${id}1/content`, 'GET', { token });
    expect([page.headers.get('content-type'), page.text]).toEqual([
      'application/octet-stream; charset=utf-8',
      '<script>1</script>',
    ]);
    expect(page.headers.get('content-disposition')).toMatch(
      /^attachment; filename=".*"; filename\*=UTF-8''plan%20%22gr%C3%B6%C3%9Fer%22\.html$/,
    );
    const markdown = await call(`${gateway.url}/api/artifacts/${id}2/content`, 'GET', { token });
    expect([markdown.headers.get('content-type'), markdown.headers.get('content-disposition')]).toEqual([
      'text/markdown; charset=utf-8',
      'attachment; filename=plan.md',
    ]);
    const described = await call(`${gateway.url}/api/artifacts/${id}2`, 'GET', { token });
    expect(described.status).toBe(200);
  });
});

describe('the rate limit', () => {
  it('stops one token with 429 and Retry-After, and no other', async () => {
    const busy = await gateway.token(ann, ['runs']);
    let last = await call(`${gateway.url}/api/workflow-types`, 'GET', { token: busy });
    for (let count = 0; count < 200; count += 1)
      last = await call(`${gateway.url}/api/workflow-types`, 'GET', { token: busy });
    expect([last.status, last.body['code'], Number(last.headers.get('retry-after')) > 0]).toEqual([
      429,
      'rate_limited',
      true,
    ]);
    expect((await call(`${gateway.url}/api/workflow-types`, 'GET', { token })).status).toBe(200);
  });
});

describe('POST /queue/agentic-workflow', () => {
  const queue = async (body: Parameters<typeof call>[2]): ReturnType<typeof call> =>
    await call(`${gateway.url}/queue/agentic-workflow`, 'POST', body);

  it('starts a run and answers as a job queue does', async () => {
    const answer = await queue({
      token,
      body: {
        userId: ann,
        workflowType: 'sample',
        input: { userPrompt: 'paint' },
        options: { maxSteps: 9, maxCost: 0.5 },
      },
    });
    expect([answer.status, answer.body]).toEqual([200, { success: true, jobId: expect.any(String) }]);
    const run = await gateway.test.as(ann).getRun({ runId: jobOf(answer) });
    expect([run.input, run.options, run.priority]).toEqual([{ userPrompt: 'paint' }, { maxSteps: 9, maxCost: 0.5 }, 5]);
  });

  it('answers 400 in the queue’s own words when userId or workflowType is missing', async () => {
    for (const body of [
      {},
      { userId: ann },
      { workflowType: 'sample' },
      { userId: '', workflowType: 'sample' },
      [],
      null,
    ]) {
      const answer = await queue({ token, body });
      expect([answer.status, answer.body]).toEqual([400, { error: 'userId and workflowType required' }]);
    }
  });

  it('refuses another user’s id, a wrong input and an unknown type as the API does elsewhere', async () => {
    const plain = await gateway.token(ann, ['runs']);
    const other = await queue({
      token: plain,
      body: { userId: ben, workflowType: 'sample', input: { userPrompt: 'x' } },
    });
    expect([other.status, other.body['code']]).toEqual([403, 'forbidden']);
    const wrong = await queue({ token, body: { userId: ann, workflowType: 'sample', input: { userPrompt: 7 } } });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('input.userPrompt')]);
    const unknown = await queue({ token, body: { userId: ann, workflowType: 'nothing' } });
    expect([unknown.status, unknown.body['known']]).toEqual([404, ['sample']]);
  });

  it('lets an admin’s token start for another user, whose run it then is', async () => {
    const answer = await queue({ token, body: { userId: ben, workflowType: 'sample', input: { userPrompt: 'x' } } });
    expect((await gateway.test.as(ben).getRun({ runId: jobOf(answer) })).type).toBe('sample');
  });
});
