import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { openServers } from '../../src/tools/mcp/open-servers.ts';
import type { McpTools } from '../../src/tools/mcp/open-servers.ts';
import { defaultSlots } from '../../src/worker/queues.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { startRun, until, untilEnded } from '../support/runs.ts';
import type { TestSteward } from '../support/steward.ts';

vi.setConfig({ testTimeout: 180_000 });

const program = fileURLToPath(new URL('../support/mcp-server/stdio.ts', import.meta.url));
const callsATurn = 16;

let steward: TestSteward;
let tools: McpTools;
beforeAll(async () => {
  const transport = { kind: 'stdio', command: process.execPath, args: [program], env: {}, cwd: null } as const;
  const settings = { dawdle: { policy: 'auto', access: 'read' } } as const;
  const slow = { name: 'slow', transport, timeoutMs: 120_000, defaults: {}, tools: settings };
  tools = openServers([slow], { log: { info: () => undefined, warn: () => undefined }, listMs: 20_000 });
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress'), outsideTools: tools });
});
afterAll(async () => {
  await steward.stop();
  await tools.close();
});

async function callsUnderWay(runIds: readonly string[]): Promise<number> {
  const runs = await Promise.all(runIds.map(async (runId) => await steward.api.getRun({ runId })));
  const steps = runs.flatMap((run) => run.steps);
  return steps.filter((step) => step.type === 'tool' && step.status === 'running').length;
}

test('a server that hangs holds up no other run, however many calls wait for it', async () => {
  const calls = Array.from({ length: callsATurn }, (_none, index) => ({
    name: 'slow__dawdle',
    arguments: { ms: 600_000 + index },
  }));
  steward.proxy.setFaults(() => ({ kind: 'calls', calls }));
  const input = { script: 'agent', goal: 'Wait for it.', tools: ['slow__dawdle'] };
  const hanging = await Promise.all([1, 2].map(async () => await startRun(steward, { type: 'probe', input })));
  const mostOfRecords = await until('more calls hang than there are slots for records', async () => {
    const count = await callsUnderWay(hanging);
    return count >= defaultSlots.records ? count : null;
  });
  const other = await startRun(steward, { type: 'probe', input: { script: 'sure', sure: 1, confidence: 1 } });
  expect(await untilEnded(steward, other)).toMatchObject({ status: 'completed' });
  expect(await callsUnderWay(hanging)).toBeGreaterThanOrEqual(mostOfRecords);
  for (const runId of hanging) await steward.api.cancelRun({ runId });
  for (const runId of hanging) expect(await untilEnded(steward, runId)).toMatchObject({ status: 'cancelled' });
});
