import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHttpClient } from '../../src/api/http-client.ts';
import type { StewardApi } from '../../src/api/steward-api.ts';
import type { RunDetail } from '../../src/contract/views.ts';
import { startOfflineModel } from '../../src/models/offline/server.ts';
import { newDataDir, removeDataDir, startUp } from '../cli/support/up.ts';
import type { Up } from '../cli/support/up.ts';
import { startModelProxy } from '../support/model-proxy.ts';
import type { ModelProxy } from '../support/model-proxy.ts';
import { roadmap, until } from '../support/runs.ts';

/** All of Steward as its own processes, on models that this test watches. */
type Chaos = {
  readonly proxy: ModelProxy;
  readonly dataDir: string;
  api(): Promise<StewardApi>;
  /** `kill -9` of every process, and a new start on the same data. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
};

async function startChaos(): Promise<Chaos> {
  const offline = await startOfflineModel({});
  const proxy = await startModelProxy(offline.url);
  const dataDir = await newDataDir();
  const settings = { OPENAI_BASE_URL: proxy.url, OPENAI_API_KEY: 'none' };
  let up: Up = await startUp(dataDir, settings);
  return {
    proxy,
    dataDir,
    api: async () => {
      const token = (await readFile(join(dataDir, 'token'), 'utf8')).trim();
      return createHttpClient({ baseUrl: up.url, token });
    },
    killAndStart: async () => {
      await up.kill();
      up = await startUp(dataDir, settings);
    },
    stop: async () => {
      await up.stop();
      await proxy.close();
      await offline.close();
      await removeDataDir(dataDir);
    },
  };
}

let chaos: Chaos;
beforeEach(async () => {
  chaos = await startChaos();
});
afterEach(async () => await chaos.stop());

/** Waits for the first call of an operation from now on, and kills everything while it is under way. */
async function killDuring(operation: string): Promise<void> {
  let arrived = false;
  chaos.proxy.setFaults((call) => {
    if (!call.operation.endsWith(operation)) return { kind: 'pass' };
    arrived = true;
    return { kind: 'hang' };
  });
  await until(`a call of ${operation}`, async () => await Promise.resolve(arrived || null));
  // Held until nobody is left to hear the answer; then models answer again.
  await chaos.killAndStart();
}

function callsOf(operation: string): number {
  return chaos.proxy.calls.filter((call) => call.operation.endsWith(operation)).length;
}

async function finished(runId: string): Promise<RunDetail> {
  const api = await chaos.api();
  return await until('the run ends', async () => {
    const run = await api.getRun({ runId });
    return run.completedAt === null ? null : run;
  });
}

async function expectWhole(run: RunDetail): Promise<void> {
  const api = await chaos.api();
  expect(run).toMatchObject({ status: 'completed', outcome: 'completed', error: null });
  expect(run.steps.map((step) => step.number)).toEqual(run.steps.map((_step, index) => index + 1));
  expect(run.steps.map((step) => step.status)).toEqual(run.steps.map(() => 'completed'));
  const events = await api.listEvents({ runId: run.id, limit: 500 });
  expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1));
  const { operations } = await api.getProposal({ proposalId: run.proposals[0]?.id ?? '' });
  expect(operations.map((operation) => operation.status)).toEqual(operations.map(() => 'applied'));
  const { items: tasks } = await api.listRecords({ kind: 'tasks', limit: 100 });
  expect(tasks.map((task) => JSON.stringify(task['title'])).sort()).toEqual([
    '"Build the shelves"',
    '"Draw the floor plan"',
    '"Invite the neighbours"',
    '"Measure the room"',
    '"Paint the walls"',
  ]);
  const window = { from: new Date().toISOString(), to: new Date(Date.now() + 200 * 86_400_000).toISOString() };
  const blocks = await api.listCalendarEvents(window);
  expect(blocks).toHaveLength(operations.filter((operation) => operation.kind === 'schedule_event').length);
  expect(new Set(blocks.map((block) => `${block.start} ${block.title}`)).size).toBe(blocks.length);
}

test('a run that is killed in the middle of nearly every step goes on, and does nothing twice', async () => {
  const first = await chaos.api();
  chaos.proxy.setFaults((call) => (call.operation.endsWith('analyze') ? { kind: 'hang' } : { kind: 'pass' }));
  const { run } = await first.startRun({ type: 'project_planning', input: { userPrompt: roadmap() } });
  await until('it asks a model', async () => await Promise.resolve(callsOf('analyze') > 0 || null));
  chaos.proxy.setFaults((call) => (call.operation.endsWith('dependencies') ? { kind: 'hang' } : { kind: 'pass' }));
  await chaos.killAndStart();
  await until('it asks for the order', async () => await Promise.resolve(callsOf('dependencies') > 0 || null));
  chaos.proxy.setFaults(() => ({ kind: 'pass' }));
  await chaos.killAndStart();

  const api = await chaos.api();
  const request = await until('it asks for approval', async () => {
    const { items } = await api.listRequests({ runId: run.id, open: true });
    return items[0] ?? null;
  });
  const decision = { requestId: request.id, decision: 'approve', messageId: 'the-decision' } as const;
  await api.decideRequest(decision);
  // Wherever the apply is now.
  await chaos.killAndStart();
  expect(await (await chaos.api()).decideRequest(decision)).toMatchObject({ accepted: true });
  const ended = await finished(run.id);
  await expectWhole(ended);
  const paid = ['analyze', 'plan', 'tasks', 'dependencies', 'summarize'].map((name) => [name, callsOf(name)]);
  // The two that were in flight, and perhaps the one that was when the apply was killed.
  expect(Object.fromEntries(paid)).toMatchObject({ analyze: 2, plan: 1, tasks: 3, dependencies: 2 });
  expect(callsOf('summarize')).toBeLessThanOrEqual(2);
});

test('several runs that are killed side by side all go on', async () => {
  const api = await chaos.api();
  const runs = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const input = {
        userPrompt: `Take stock ${Math.random()}.\n\n- Count the chairs\n- Count the tables\n- Order new lamps`,
      };
      return await api.startRun({ type: 'project_planning', input, options: { autoExecute: true } });
    }),
  );
  await killDuring('tasks');
  chaos.proxy.setFaults(() => ({ kind: 'pass' }));
  for (const { run } of runs) {
    const ended = await finished(run.id);
    expect(ended).toMatchObject({ status: 'completed', error: null });
    expect(ended.steps.map((step) => step.number)).toEqual(ended.steps.map((_step, index) => index + 1));
  }
});
