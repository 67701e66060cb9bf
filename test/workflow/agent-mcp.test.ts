import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { openServers } from '../../src/tools/mcp/open-servers.ts';
import type { McpTools } from '../../src/tools/mcp/open-servers.ts';
import type { ScriptedCall, SeenCall } from '../support/model-proxy.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { startRun, untilAsked, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';

const program = fileURLToPath(new URL('../support/mcp-server/stdio.ts', import.meta.url));
const log = { info: () => undefined, warn: () => undefined };

let steward: TestSteward;
let tools: McpTools;
beforeAll(async () => {
  const transport = { kind: 'stdio', command: process.execPath, args: [program], env: {}, cwd: null } as const;
  const settings = { echo: { policy: 'auto', access: 'read' } } as const;
  const here = { name: 'here', transport, timeoutMs: 10_000, defaults: {}, tools: settings };
  const gone = { ...here, name: 'gone', transport: { ...transport, command: '/nowhere/at-all' } };
  tools = openServers([here, gone], { log, listMs: 20_000 });
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress'), outsideTools: tools });
});
afterAll(async () => {
  await steward.stop();
  await tools.close();
});
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

function scripted(turns: readonly (readonly ScriptedCall[])[]): readonly SeenCall[] {
  const seen: SeenCall[] = [];
  steward.proxy.setFaults((call) => {
    seen.push(call);
    return { kind: 'calls', text: `Turn ${seen.length}.`, calls: turns[seen.length - 1] ?? [] };
  });
  return seen;
}

async function startAgent(granted: readonly string[]): Promise<string> {
  const input = { script: 'agent', goal: 'Say it.', tools: [...granted] };
  return await startRun(steward, { type: 'probe', input });
}

const finish: ScriptedCall = { name: 'finish', arguments: { result: 'done' } };

describe('an agent with tools of MCP servers', () => {
  test('reads with one beside its own, and is told of a server that is away', async () => {
    const seen = scripted([
      [
        { name: 'here__echo', arguments: { text: 'from outside' } },
        { name: 'list_projects', arguments: {} },
        { name: 'gone__anything', arguments: {} },
      ],
      [finish],
    ]);
    const run = await untilEnded(steward, await startAgent(['outside', 'list_projects']));
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', turns: 2 } });
    expect(seen[0]?.body).toContain('here__add');
    expect(seen[1]?.body).toContain('from outside');
    expect(seen[1]?.body).toContain('The tool gone__anything is not there just now');
    await expectSound(steward, run.id);
  });

  test('asks before a call that the file does not let through, and makes it after consent', async () => {
    const seen = scripted([[{ name: 'here__add', arguments: { a: 20, b: 22 } }], [finish]]);
    const runId = await startAgent(['here__*']);
    const request = await untilAsked(steward, runId, 'confirmation');
    expect(request.title).toContain('here__add');
    await steward.api.answerRequest({ requestId: request.id, value: { allow: true } });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    expect(seen[1]?.body).toContain('42');
    await expectSound(steward, runId);
  });

  test('that kills its server goes on, and is told that nobody knows what came of it', async () => {
    const seen = scripted([[{ name: 'here__die', arguments: {} }], [finish]]);
    const runId = await startAgent(['here__*']);
    const request = await untilAsked(steward, runId, 'confirmation');
    await steward.api.answerRequest({ requestId: request.id, value: true });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    expect(seen[1]?.body).toContain('Nobody knows whether the call of here__die happened');
    await expectSound(steward, runId);
  });

  test('may only read where it is granted no more', async () => {
    const seen = scripted([[{ name: 'here__add', arguments: { a: 1, b: 1 } }], [finish]]);
    const run = await untilEnded(steward, await startAgent(['read:outside']));
    expect(run).toMatchObject({ status: 'completed' });
    expect(seen[0]?.body).not.toContain('here__add');
    expect(seen[1]?.body).toContain('The tools are: here__echo.');
  });
});
