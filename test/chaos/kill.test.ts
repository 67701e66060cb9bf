import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunDetail } from '../../src/contract/views.ts';
import { roadmap, until } from '../support/runs.ts';
import { startChaos } from './support/chaos.ts';
import type { Chaos } from './support/chaos.ts';

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
