import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openServers } from '../../../src/tools/mcp/open-servers.ts';
import type { McpTools } from '../../../src/tools/mcp/open-servers.ts';
import type { McpServer } from '../../../src/tools/mcp/load-servers.ts';
import type { OutsideResult, OutsideTool } from '../../../src/tools/tool-source.ts';
import { startHttpTestServer } from '../../support/mcp-server/http.ts';

const program = fileURLToPath(new URL('../../support/mcp-server/stdio.ts', import.meta.url));
const quiet = { info: () => undefined, warn: () => undefined };
const never = new AbortController().signal;

function stdio(fields: Partial<McpServer> = {}, command = process.execPath): McpServer {
  const transport = { kind: 'stdio', command, args: [program], env: { GREETING: 'hello' }, cwd: null } as const;
  return { name: 'here', transport, timeoutMs: 10_000, defaults: {}, tools: {}, ...fields };
}

function http(url: string, fields: Partial<McpServer> = {}): McpServer {
  const transport = { kind: 'http', url, headers: { Authorization: 'Bearer s3cret' } } as const;
  return { name: 'there', transport, timeoutMs: 10_000, defaults: {}, tools: {}, ...fields };
}

let opened: McpTools | null = null;
function open(servers: readonly McpServer[], listMs?: number): McpTools {
  opened = openServers(servers, { log: quiet, ...(listMs === undefined ? { listMs: 20_000 } : { listMs }) });
  return opened;
}
afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function call(source: McpTools, name: string, args = {}): Promise<OutsideResult> {
  return await (await find(source, name)).call(args, never);
}

async function find(source: McpTools, name: string): Promise<OutsideTool> {
  const { tools, absent } = await source.listTools();
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}: ${JSON.stringify(absent)}`);
  return tool;
}

async function processOf(source: McpTools): Promise<number> {
  const found = await call(source, 'here__process');
  return found.kind === 'answered' ? Number(found.content) : 0;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a server of this machine', () => {
  it('has its tools listed under its name, as writing ones that need consent unless the file says otherwise', async () => {
    const tools = { echo: { policy: 'auto', access: 'read' }, fail: { policy: 'deny' } } as const;
    const { tools: listed, absent } = await open([stdio({ tools })]).listTools();
    expect(absent).toEqual([]);
    const settings = Object.fromEntries(listed.map((tool) => [tool.name, `${tool.access} ${tool.policy}`]));
    expect(settings).toMatchObject({
      here__echo: 'read auto',
      here__fail: 'write deny',
      here__add: 'write confirm',
      here__process: 'write confirm',
    });
    expect(listed.find((tool) => tool.name === 'here__add')?.parameters).toMatchObject({
      type: 'object',
      required: ['a', 'b'],
    });
    for (const { name, parameters } of listed) {
      expect(name).toMatch(/^[\w-]{1,64}$/);
      expect(parameters).not.toHaveProperty('$schema');
    }
  });

  it('is not believed when it says that its tools only read', async () => {
    const { tools } = await open([stdio()]).listTools();
    expect(tools.find((tool) => tool.name === 'here__echo')).toMatchObject({ access: 'write', policy: 'confirm' });
  });

  it('answers in text, in data, and with errors', async () => {
    const source = open([stdio()]);
    expect(await call(source, 'here__echo', { text: 'hi' })).toEqual({ kind: 'answered', ok: true, content: 'hi' });
    expect(await call(source, 'here__add', { a: 2, b: 3 })).toMatchObject({ ok: true, content: '{"sum":5}' });
    expect(await call(source, 'here__fail')).toEqual({ kind: 'answered', ok: false, content: 'No paper left.' });
    expect(await call(source, 'here__picture')).toMatchObject({
      content: 'Here:\n[image image/png, 3 bytes, left out]',
    });
    const odd = (await source.listTools()).tools.find((tool) => tool.name.startsWith('here__odd_name_'));
    expect(await odd?.call({}, never)).toMatchObject({ content: 'odd' });
  });

  it('sees the variables that the file gives it, and none of ours', async () => {
    const source = open([stdio()]);
    process.env['STEWARD_TEST_SECRET'] = 'x';
    try {
      expect(await call(source, 'here__variable', { name: 'GREETING' })).toMatchObject({ content: 'hello' });
      expect(await call(source, 'here__variable', { name: 'STEWARD_TEST_SECRET' })).toMatchObject({
        content: 'not set',
      });
    } finally {
      delete process.env['STEWARD_TEST_SECRET'];
    }
  });

  it('has arguments checked against its schema', async () => {
    const { tools } = await open([stdio()]).listTools();
    const echo = tools.find((tool) => tool.name === 'here__echo');
    expect(echo?.check({ text: 'x' })).toEqual([]);
    expect(echo?.check({ txt: 'x' })).toEqual([
      { path: 'text', message: 'is missing' },
      { path: 'txt', message: 'there is no such field' },
    ]);
    expect(echo?.check({ text: 7 })).toEqual([{ path: 'text', message: 'must be string' }]);
  });

  it('that dies during a call leaves it as lost, and is started anew for the next one', async () => {
    const source = open([stdio()]);
    const first = await processOf(source);
    expect(await call(source, 'here__die')).toMatchObject({ kind: 'lost' });
    const second = await processOf(source);
    expect(second).toBeGreaterThan(0);
    expect(second).not.toBe(first);
  });

  it('that takes too long is lost, and a cancelled call ends at once', async () => {
    const source = open([stdio({ timeoutMs: 300 })]);
    expect(await call(source, 'here__dawdle', { ms: 5_000 })).toMatchObject({ kind: 'lost' });
    await opened?.close();
    const patient = open([stdio()]);
    const dawdle = await find(patient, 'here__dawdle');
    const controller = new AbortController();
    const under = dawdle.call({ ms: 60_000 }, controller.signal);
    setTimeout(() => controller.abort(new Error('cancelled by a person')), 200);
    expect(await under).toMatchObject({ kind: 'lost' });
  });

  it('ends with us', async () => {
    const source = open([stdio()]);
    const pid = await processOf(source);
    expect(isAlive(pid)).toBe(true);
    await source.close();
    expect(isAlive(pid)).toBe(false);
    expect((await source.listTools()).absent).toMatchObject([{ prefix: 'here__' }]);
  });

  it.runIf(process.platform === 'linux')('ends with us also when we are killed and it does not mind', async () => {
    const host = spawn(process.execPath, [fileURLToPath(new URL('../../support/mcp-server/host.ts', import.meta.url))]);
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const { content } = JSON.parse(line.toString()) as { readonly content: string };
    expect(isAlive(Number(content))).toBe(true);
    host.kill('SIGKILL');
    await expect.poll(() => isAlive(Number(content)), { timeout: 5_000 }).toBe(false);
  });

  it('that can not be started is absent with the reason, and others are not', async () => {
    const server = await startHttpTestServer();
    const source = open([stdio({ name: 'gone' }, '/nowhere/at-all'), http(server.url)]);
    const { tools, absent } = await source.listTools();
    expect(absent).toMatchObject([{ prefix: 'gone__', reason: expect.stringContaining('"gone" can\'t be reached') }]);
    expect(tools.map((tool) => tool.name)).toContain('there__echo');
    await source.close();
    await server.close();
  });

  it('that says a secret of the file when it dies has it hidden', async () => {
    const program = 'console.error(`no access with ${process.env.TOKEN}`); process.exit(1);';
    const transport = { kind: 'stdio', command: process.execPath, args: ['-e', program], cwd: null } as const;
    const server = stdio({
      transport: { ...transport, env: { TOKEN: 'abc-s3cret' } },
      secrets: ['s3cret', 'abc-s3cret'],
    });
    const { absent } = await open([server]).listTools();
    expect(absent).toMatchObject([{ reason: expect.stringContaining('no access with [hidden]') }]);
  });

  it('that says nothing is absent after a while, and keeps nobody waiting', async () => {
    const transport = {
      kind: 'stdio',
      command: process.execPath,
      args: ['-e', 'process.stdin.resume()'],
      env: {},
      cwd: null,
    } as const;
    const source = open([{ ...stdio(), name: 'mute', transport }], 400);
    const started = performance.now();
    expect((await source.listTools()).absent).toMatchObject([
      { prefix: 'mute__', reason: expect.stringContaining('did not answer within 400 ms') },
    ]);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect((await source.listTools()).absent).toMatchObject([
      { prefix: 'mute__', reason: expect.stringContaining('within 50 ms') },
    ]);
  });
});

describe('a server over HTTP', () => {
  it('is called with its headers', async () => {
    const server = await startHttpTestServer();
    const source = open([http(server.url)]);
    expect(await call(source, 'there__add', { a: 1, b: 1 })).toMatchObject({ ok: true, content: '{"sum":2}' });
    expect([...server.authorizations]).toEqual(['Bearer s3cret']);
    await source.close();
    await server.close();
  });

  it('that was never there is absent with what the network says', async () => {
    const server = await startHttpTestServer();
    await server.close();
    const { absent } = await open([http(server.url)]).listTools();
    expect(absent).toMatchObject([{ prefix: 'there__', reason: expect.stringContaining('ECONNREFUSED') }]);
  });

  it('that was started anew is connected to again, within the call', async () => {
    const server = await startHttpTestServer();
    const source = open([http(server.url)]);
    const { tools } = await source.listTools();
    server.forget();
    const echo = tools.find((tool) => tool.name === 'there__echo');
    expect(await echo?.call({ text: 'again' }, never)).toMatchObject({ kind: 'answered', content: 'again' });
    await source.close();
    await server.close();
  });

  it('that went away refuses a call: it was never sent', async () => {
    const server = await startHttpTestServer();
    const source = open([http(server.url)]);
    const { tools } = await source.listTools();
    await server.close();
    const echo = tools.find((tool) => tool.name === 'there__echo');
    // The first finds a connection that was open and is not: that one may have carried it.
    expect(await echo?.call({ text: 'x' }, never)).not.toMatchObject({ kind: 'answered' });
    expect(await echo?.call({ text: 'x' }, never)).toMatchObject({ kind: 'refused' });
  });
});
