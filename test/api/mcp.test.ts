import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/contract/json.ts';
import type { Scope } from '../../src/api/tokens-api.ts';
import { allMcpTools } from '../../src/mcp/tools/all-tools.ts';
import { startTimeoutMs } from '../db/support/backends.ts';
import { call } from './support/call.ts';
import { ann, ben, startTestGateway } from './support/test-gateway.ts';
import type { TestGateway } from './support/test-gateway.ts';

const bin = fileURLToPath(new URL('../../bin/steward.js', import.meta.url));
const unknownId = '00000000-0000-7000-8000-0000000000ff';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
}, startTimeoutMs);
afterAll(async () => await gateway.stop());

type Mode = 'legacy' | 'auto';
type Connect = (token: string) => Promise<Client>;

function http(mode: Mode): Connect {
  return async (token) => {
    const requestInit = { headers: { Authorization: `Bearer ${token}` } };
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${gateway.url}/mcp`), { requestInit }));
    return client;
  };
}

function stdio(mode: Mode): Connect {
  return async (token) => {
    const env = { STEWARD_URL: gateway.url, STEWARD_TOKEN: token };
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [bin, 'mcp'], env }));
    return client;
  };
}

const transports = [
  { name: 'HTTP', connect: http('legacy') },
  { name: 'HTTP by the newest protocol', connect: http('auto') },
  { name: 'standard input and output', connect: stdio('legacy') },
  { name: 'standard input and output by the newest protocol', connect: stdio('auto') },
];

type Told = { readonly isError: boolean; readonly value: JsonObject };

async function use(client: Client, name: string, args: JsonObject = {}): Promise<Told> {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const [first] = content;
  const value: JsonObject = JSON.parse(first?.type === 'text' ? first.text : '{}') as JsonObject;
  return { isError: isError === true, value };
}

async function names(client: Client): Promise<readonly string[]> {
  return (await client.listTools()).tools.map((tool) => tool.name);
}

describe.each(transports)('Steward as an MCP server over $name', ({ connect }) => {
  const clients: Client[] = [];
  async function open(scopes: readonly Scope[], userId = ann): Promise<Client> {
    const client = await connect(await gateway.token(userId, scopes));
    clients.push(client);
    return client;
  }
  afterAll(async () => {
    for (const client of clients) await client.close();
  });

  it('starts a run and reads it, and shows it to nobody else', async () => {
    const client = await open(['runs', 'records']);
    const types = await use(client, 'list_workflow_types');
    expect(JSON.stringify(types.value)).toContain('"name":"sample"');
    expect(await use(client, 'estimate_run', { type: 'sample' })).toMatchObject({ isError: false });
    const start = {
      type: 'sample',
      input: { userPrompt: 'paint the fence' },
      name: 'Fence',
      budget: { maxCostUsd: 1 },
    };
    const { value: started } = await use(client, 'start_run', start);
    expect(started).toMatchObject({ created: true, run: { name: 'Fence', status: 'queued' } });
    const runId = (started['run'] as { readonly id: string }).id;
    const { value: run } = await use(client, 'get_run', { runId });
    expect(run).toMatchObject({ id: runId, budget: { limits: { maxCostUsd: 1 } }, requests: [], links: {} });
    expect(run).not.toHaveProperty('steps');
    expect((await use(client, 'list_steps', { runId })).value).toEqual({ items: [], nextCursor: null });
    expect(JSON.stringify((await use(client, 'list_runs', { type: 'sample' })).value)).toContain(runId);
    const stranger = await open(['runs'], ben);
    expect(await use(stranger, 'get_run', { runId })).toMatchObject({
      isError: true,
      value: { error: { code: 'not_found' } },
    });
  });

  it('keeps and lists records', async () => {
    const client = await open(['records']);
    const { value: project } = await use(client, 'create_project', { name: 'House' });
    const made = { title: 'Paint', project_id: project['id'] ?? null, priority: 'high' };
    expect((await use(client, 'create_task', made)).value).toMatchObject(made);
    await use(client, 'create_note', { title: 'Color', content: 'Blue.' });
    await use(client, 'create_brain_dump', { content: 'paint, brushes, ladder' });
    const { value: tasks } = await use(client, 'list_records', { kind: 'tasks', projectId: project['id'] ?? null });
    expect(tasks).toMatchObject({ items: [{ title: 'Paint' }] });
    const { value: found } = await use(client, 'search', { query: 'ladder', limit: 1 });
    expect(found).toMatchObject({ items: [{ kind: 'brain_dump' }] });
    const from = '2026-03-01';
    expect(await use(client, 'list_calendar_events', { from, to: '2026-03-02' })).toMatchObject({
      value: { items: [] },
    });
  });

  it('names every argument that is wrong, and what the API refuses', async () => {
    const client = await open(['runs', 'records']);
    const wrong = await use(client, 'list_runs', { status: 'sleeping', color: 'red' });
    expect(wrong).toMatchObject({ isError: true, value: { error: { code: 'invalid_input' } } });
    const { problems } = wrong.value['error'] as { readonly problems: readonly { readonly path: string }[] };
    expect(problems.map(({ path }) => path).toSorted()).toEqual(['color', 'status']);
    const refused = await use(client, 'start_run', { type: 'nothing', input: {} });
    expect(refused).toMatchObject({ isError: true, value: { error: { code: 'unknown_workflow_type' } } });
    const field = await use(client, 'start_run', { type: 'sample', input: { projectId: 7 } });
    expect(JSON.stringify(field.value)).toContain('input.projectId');
    expect(await use(client, 'nonsense')).toMatchObject({ isError: true, value: { error: { code: 'not_found' } } });
  });

  it('never decides for a token without the scope', async () => {
    const client = await open(['runs', 'records']);
    const listed = await names(client);
    expect(listed).toContain('start_run');
    const deciding = ['answer_request', 'decide_request', 'set_budget'];
    expect(listed.filter((name) => deciding.includes(name))).toEqual([]);
    const attempts = [
      ['answer_request', { requestId: unknownId, value: true }],
      ['decide_request', { requestId: unknownId, decision: 'approve' }],
      ['set_budget', { runId: unknownId, maxCostUsd: 99 }],
    ] as const;
    for (const [name, args] of attempts)
      expect(await use(client, name, args)).toMatchObject({ isError: true, value: { error: { code: 'forbidden' } } });
  });

  it('decides for a token with the scope', async () => {
    const client = await open(['decide']);
    expect(await names(client)).toEqual([
      'list_workflow_types',
      'set_budget',
      'list_requests',
      'get_proposal',
      'answer_request',
      'decide_request',
    ]);
    expect((await use(client, 'list_requests')).value).toEqual({ items: [], nextCursor: null });
    const decided = await use(client, 'decide_request', { requestId: unknownId, decision: 'approve' });
    expect(decided).toMatchObject({ isError: true, value: { error: { code: 'not_found' } } });
  });
});

describe('the API behind the tools', () => {
  it('refuses to decide by itself, whatever a server lists', async () => {
    const api = await gateway.client(ann, ['runs']);
    for (const name of ['answer_request', 'decide_request']) {
      const tool = allMcpTools.find((each) => each.name === name);
      const args = { requestId: unknownId, value: true, decision: 'approve' };
      const { value, decision, ...rest } = args;
      const fitting = name === 'answer_request' ? { ...rest, value } : { ...rest, decision };
      await expect(tool?.call(api, fitting)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('is described by schemas of plain objects that need no other schema', () => {
    for (const { name, inputSchema } of allMcpTools) {
      expect({ name, type: inputSchema['type'] }).toEqual({ name, type: 'object' });
      expect(`${name} ${JSON.stringify(inputSchema)}`).not.toContain('$ref');
    }
  });
});

describe('/mcp', () => {
  const hello = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  const headers = { Accept: 'application/json, text/event-stream' };

  it('wants a token, the right host, and POST', async () => {
    const url = `${gateway.url}/mcp`;
    expect((await call(url, 'POST', { body: hello, headers })).status).toBe(401);
    expect((await call(url, 'POST', { body: hello, headers, token: 'stw_wrong' })).status).toBe(401);
    const token = await gateway.token();
    expect(await call(url, 'GET', { token })).toMatchObject({ status: 405, body: { code: 'invalid_input' } });
    const answer = await call(url, 'POST', { body: hello, headers, token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('keeps no stream open', async () => {
    const client = await http('auto')(await gateway.token());
    await expect(client.listen({ toolsListChanged: true })).rejects.toThrow('limit');
    await client.close();
  });

  it('answers what is no message in the protocol’s own way', async () => {
    const token = await gateway.token();
    const answer = await call(`${gateway.url}/mcp`, 'POST', { body: { hello: 'there' }, headers, token });
    expect(answer).toMatchObject({ status: 400, body: { jsonrpc: '2.0', error: {} } });
  });
});

describe('steward mcp', () => {
  async function run(env: Readonly<Record<string, string>>, lines: readonly string[]) {
    const child = spawn(process.execPath, [bin, 'mcp'], { env: { PATH: process.env['PATH'] ?? '', ...env } });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      // Requests that are under way when the input ends are not answered: wait for each.
      if (out.split('\n').length > lines.filter((line) => line.includes('"id"')).length) child.stdin.end();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    for (const line of lines) child.stdin.write(`${line}\n`);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  }

  const info = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const initialize = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: info });
  const ready = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const list = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' });

  it('writes nothing but the protocol to standard output, and ends when nobody listens', async () => {
    const env = { STEWARD_URL: gateway.url, STEWARD_TOKEN: await gateway.token(ann, ['runs']) };
    const { code, out } = await run(env, [initialize, ready, 'this is no message', list]);
    const messages = out.trim().split('\n');
    expect(messages.map((line) => (JSON.parse(line) as JsonObject)['id'])).toEqual([1, 2]);
    expect(code).toBe(0);
  });

  it('lends the person’s own token to an agent without the right to decide, unless they say so', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'steward-mcp-'));
    await writeFile(join(dataDir, 'url'), gateway.url);
    await writeFile(join(dataDir, 'token'), await gateway.token());
    const listed = async (...flags: readonly string[]): Promise<readonly string[]> => {
      const client = new Client({ name: 'test', version: '1' });
      const args = [bin, 'mcp', '--data-dir', dataDir, ...flags];
      await client.connect(new StdioClientTransport({ command: process.execPath, args }));
      const found = await names(client);
      await client.close();
      return found;
    };
    expect(await listed()).toContain('create_task');
    expect(await listed()).not.toContain('decide_request');
    expect(await listed('--allow-decisions')).toContain('decide_request');
    await rm(dataDir, { recursive: true });
  });

  it('says on standard error why it can not serve', async () => {
    const wrong = await run({ STEWARD_URL: gateway.url, STEWARD_TOKEN: 'stw_wrong' }, []);
    expect(wrong).toMatchObject({ code: 5, out: '', err: expect.stringContaining('unauthorized') });
    const away = await run({ STEWARD_URL: 'http://127.0.0.1:9', STEWARD_TOKEN: 'stw_x' }, []);
    expect(away).toMatchObject({ code: 6, out: '', err: expect.stringContaining('Is it running?') });
  });
});
