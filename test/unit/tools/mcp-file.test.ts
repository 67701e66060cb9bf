import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardError } from '../../../src/contract/errors.ts';
import type { Problem } from '../../../src/contract/errors.ts';
import { argumentCheck } from '../../../src/tools/mcp/check-arguments.ts';
import { loadServers } from '../../../src/tools/mcp/load-servers.ts';
import type { McpServer } from '../../../src/tools/mcp/load-servers.ts';
import { toolName } from '../../../src/tools/mcp/tool-name.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'steward-mcp-'));
});
afterAll(async () => await rm(dir, { recursive: true, force: true }));

async function load(text: string, variables: Record<string, string> = {}): Promise<readonly McpServer[]> {
  const file = join(dir, 'mcp.yaml');
  await writeFile(file, text);
  return await loadServers({ file, named: true, variables });
}

async function problemsOf(text: string, variables: Record<string, string> = {}): Promise<readonly string[]> {
  const error: unknown = await load(text, variables).catch((thrown: unknown) => thrown);
  if (!(error instanceof StewardError)) throw new Error('the file was taken');
  const problems: readonly Problem[] = error.details.problems ?? [];
  return problems.map(({ path, message }) => `${path.slice(dir.length + 1)} ${message}`);
}

describe('mcp.yaml', () => {
  it('names servers of this machine and over HTTP, with secrets from the environment', async () => {
    const servers = await load(
      `servers:
  files:
    command: npx
    args: [-y, '@scope/server', 8]
    env: { KEY: '\${FILES_KEY}' }
    cwd: notes
    tools:
      read: { policy: auto, access: read }
  issues:
    url: https://example.org/mcp
    headers: { Authorization: 'Bearer \${TOKEN}' }
    timeoutSeconds: 60
    defaults: { access: read }
`,
      { FILES_KEY: 'k', TOKEN: 't' },
    );
    expect(servers).toEqual([
      {
        name: 'files',
        transport: {
          kind: 'stdio',
          command: 'npx',
          args: ['-y', '@scope/server', '8'],
          env: { KEY: 'k' },
          cwd: join(dir, 'notes'),
        },
        timeoutMs: 30_000,
        defaults: {},
        tools: { read: { policy: 'auto', access: 'read' } },
        secrets: ['k', 't'],
      },
      {
        name: 'issues',
        transport: { kind: 'http', url: 'https://example.org/mcp', headers: { Authorization: 'Bearer t' } },
        timeoutMs: 60_000,
        defaults: { access: 'read' },
        tools: {},
        secrets: ['k', 't'],
      },
    ]);
  });

  it('is told everything that is wrong with it, and where', async () => {
    const problems = await problemsOf(`servers:
  files:
    command: npx
    tools:
      read:
        policy: maybe
  both:
    command: x
    url: https://example.org
  none:
    args: [a]
  Bad__Name:
    command: x
  much:
    command: x
    timeoutSeconds: 900
    color: red
`);
    expect(problems).toEqual([
      'mcp.yaml:6:servers.files.tools.read.policy expected auto, confirm or deny',
      'mcp.yaml:8:servers.both name either a command (a server of this machine) or a url (one over HTTP)',
      'mcp.yaml:11:servers.none name either a command (a server of this machine) or a url (one over HTTP)',
      'mcp.yaml:11:servers.none.args only goes with a command',
      expect.stringMatching(/^mcp\.yaml:\d+:servers\.Bad__Name .*small letters/),
      'mcp.yaml:16:servers.much.timeoutSeconds expected a whole number from 1 to 120',
      expect.stringMatching(/^mcp\.yaml:\d+:servers\.much .*color/),
    ]);
  });

  it('names variables that are not set, and never shows those that are', async () => {
    const problems = await problemsOf(
      `servers:
  a:
    url: '\${ADDRESS}'
    headers: { X: '\${MISSING}' }
`,
      { ADDRESS: 'geheim' },
    );
    expect(problems).toEqual([
      'mcp.yaml:3:servers.a.url expected an address like https://host/mcp',
      'mcp.yaml:4:servers.a.headers.X the environment variable MISSING is not set: set it, or write the value itself',
    ]);
    expect(problems.join()).not.toContain('geheim');
  });

  it('may be empty, may be missing where nobody named it, and must be there where somebody did', async () => {
    expect(await load('')).toEqual([]);
    const file = join(dir, 'none.yaml');
    expect(await loadServers({ file, named: false, variables: {} })).toEqual([]);
    await expect(loadServers({ file, named: true, variables: {} })).rejects.toThrow('STEWARD_MCP');
    await expect(load('servers: [')).rejects.toThrow('mcp.yaml:1');
  });
});

describe('a tool', () => {
  it('has a name that endpoints take, and two tools never share one', () => {
    const server = fc.stringMatching(/^[a-z](_?[a-z0-9-]){0,10}$/);
    fc.assert(
      fc.property(
        server,
        fc.string({ minLength: 1, maxLength: 90 }),
        fc.string({ minLength: 1, maxLength: 90 }),
        (...given) => {
          const [of, one, other] = given;
          expect(toolName(of, one)).toMatch(/^[\w-]{1,64}$/);
          expect(toolName(of, one).startsWith(`${of}__`)).toBe(true);
          expect(toolName(of, one) === toolName(of, other)).toBe(one === other);
        },
      ),
    );
    expect(toolName('files', 'read_file')).toBe('files__read_file');
  });

  it('has its arguments checked by its own dialect of JSON Schema', () => {
    const tuple = { type: 'object', properties: { at: { type: 'array', prefixItems: [{ type: 'number' }] } } };
    expect(argumentCheck(tuple)({ at: ['x'] })).toEqual([{ path: 'at.0', message: 'must be number' }]);
    const old = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: { at: { items: [{ type: 'number' }] } },
    };
    expect(argumentCheck(old)({ at: ['x'] })).toEqual([{ path: 'at.0', message: 'must be number' }]);
    expect(argumentCheck({ type: 'object', properties: { day: { format: 'unheard-of' } } })({ day: 'x' })).toEqual([]);
    expect(() => argumentCheck({ type: 'no such type' })).toThrow('schema is invalid');
    expect(() => argumentCheck({ $ref: 'https://example.org/other.json' })).toThrow("can't resolve reference");
  });
});
