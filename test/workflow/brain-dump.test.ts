import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { ProposalView } from '../../src/contract/views.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());

const monday = readFileSync(new URL('../fixtures/brain-dumps/en-monday.txt', import.meta.url), 'utf8');
let dumps = 0;

/** A dump that was never read before: equal prompts are answered from the cache. */
function fresh(text: string = monday): string {
  dumps += 1;
  return `${text}\nthe code of the locker is ${String(Date.now())}${String(dumps)}.`;
}

async function start(input: JsonObject, options: JsonObject = { requireConfirmation: true }): Promise<string> {
  return await startRun(steward, { type: 'brain_dump', input, options });
}

async function proposed(runId: string): Promise<ProposalView> {
  const request = await untilAsked(steward, runId, 'approval');
  return await steward.api.getProposal({ proposalId: request.proposalId ?? '' });
}

function idIn(payload: Json | undefined, key: string): string {
  const value: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, key) : undefined;
  return typeof value === 'string' ? value : '';
}

async function storedDump(content: string): Promise<string> {
  const record = await steward.api.createRecord({ kind: 'brain-dumps', values: { content } });
  return record.id;
}

async function statusOf(id: string): Promise<unknown> {
  return (await steward.api.getRecord({ kind: 'brain-dumps', id }))['status'];
}

describe('a dump', () => {
  test('becomes tasks, notes and a kept text with links to all of them, and is undone', async () => {
    const runId = await start({ userPrompt: fresh() });
    const proposal = await proposed(runId);
    const titles = proposal.operations.map((operation) => operation.title);
    expect(titles).toContain('Add task "Call the dentist"');
    expect(titles).toContain('Add task "Send the invoice for Acme"');
    expect(titles).toContain('Keep note "What if we offered the workshop online as well?"');
    expect(titles.filter((title) => title.includes('electricity'))).toEqual([]);
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved', failed: 0, refused: 0 } });
    const made = proposal.operations.find(({ kind }) => kind === 'create_brain_dump');
    const dumpId = idIn(made?.payload, 'brainDumpId');
    expect(await steward.api.getRecord({ kind: 'brain-dumps', id: dumpId })).toMatchObject({ status: 'completed' });
    await expectSound(steward, runId);
    expect(await steward.api.undoProposal({ proposalId: proposal.id })).toMatchObject({ kept: [] });
    await expect(steward.api.getRecord({ kind: 'brain-dumps', id: dumpId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('that is stored goes from pending to completed, or back to pending when it is turned down', async () => {
    const id = await storedDump(fresh());
    const runId = await start({ brainDumpId: id });
    await untilAsked(steward, runId, 'approval');
    expect(await statusOf(id)).toBe('processing');
    await steward.api.cancelRun({ runId });
    await untilEnded(steward, runId);
    expect(await statusOf(id)).toBe('pending');
    const again = await start({ brainDumpId: id });
    await approve(steward, again);
    expect(await untilEnded(steward, again)).toMatchObject({ status: 'completed' });
    expect(await statusOf(id)).toBe('completed');
    const [proposal] = (await steward.api.getRun({ runId: again })).proposals;
    await steward.api.undoProposal({ proposalId: proposal?.id ?? '' });
    expect(await statusOf(id)).toBe('pending');
  });

  test('is accepted in part: what needs a refused part is left out with it', async () => {
    const runId = await start({ userPrompt: fresh() });
    const request = await untilAsked(steward, runId, 'approval');
    await expect(
      steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations: ['dump', 'link-1'] }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations: ['task-1'] });
    expect(await untilEnded(steward, runId)).toMatchObject({
      result: { decision: 'partly_approved', applied: 1, failed: 0 },
    });
    await expectSound(steward, runId);
  });

  test('rejected with a reason comes back changed', async () => {
    const runId = await start({ userPrompt: fresh() });
    const first = await untilAsked(steward, runId, 'approval');
    const comment = 'Drop the passport. Also call the bank.';
    await steward.api.decideRequest({ requestId: first.id, decision: 'reject', comment });
    const titles = (await proposed(runId)).operations.map((operation) => operation.title);
    expect(titles).not.toContain('Add task "Renew my passport"');
    expect(titles).toContain('Add task "Call the bank"');
    await steward.api.cancelRun({ runId });
    await untilEnded(steward, runId);
  });

  test('is applied unasked only where it is sure and changes nothing that is there', async () => {
    const text = `I need to call locksmith ${String(Date.now())}.`;
    const first = await untilEnded(steward, await start({ userPrompt: text }, {}));
    expect(first).toMatchObject({ status: 'completed', requests: [], result: { counts: { tasks: 1 } } });
    const again = await start({ userPrompt: `${text} It must be done by 24 December.` }, { autoAcceptAt: 0 });
    const { operations } = await proposed(again);
    expect(operations.map(({ kind }) => kind)).not.toContain('create_task');
    await steward.api.cancelRun({ runId: again });
    await untilEnded(steward, again);
  });

  test('with nothing to act on is kept, and the run says so', async () => {
    const run = await untilEnded(steward, await start({ userPrompt: `Hm, well ${String(Date.now())}` }, {}));
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'nothing_to_do', counts: { tasks: 0 } } });
  });
});

describe('a wrong start', () => {
  test.each([
    ['both a text and a dump', { userPrompt: 'a', brainDumpId: '00000000-0000-4000-8000-000000000009' }],
    ['neither', {}],
  ])('with %s is refused with the way out', async (_case, input) => {
    await expect(start(input)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('userPrompt'),
    });
  });

  test('with a dump that is not there is refused by its name, and fails by it where Temporal starts it', async () => {
    const input = { brainDumpId: '00000000-0000-4000-8000-000000000009' };
    await expect(start(input)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { problems: [{ path: 'input.brainDumpId' }] },
    });
    const handle = await steward.client.workflow.start('brain_dump', {
      workflowId: `run-no-dump-${Date.now()}`,
      taskQueue: 'steward-runs',
      args: [{ input }],
    });
    const failure = await handle.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      cause: { type: 'not_found', message: expect.stringContaining('input.brainDumpId') },
    });
  });
});

describe('a model that makes things up', () => {
  const task = {
    key: 't1',
    title: 'Fly',
    details: '',
    steps: [],
    project: null,
    priority: 'low',
    startDate: null,
    deadline: null,
    time: null,
  };
  const rest = { durationMinutes: null, recurrence: null, parent: null, guesses: [], confidence: 1, reason: '' };

  test.each([
    ['a quote', { existingTaskId: null, quote: 'this was never said' }],
    ['a task', { existingTaskId: '00000000-0000-4000-8000-000000000009', quote: 'call the dentist' }],
  ])('%s is told so, and asked again', async (_case, invented) => {
    let seen = 0;
    steward.proxy.setFaults((call) => {
      if (!call.operation.endsWith('tasks')) return { kind: 'pass' };
      seen += 1;
      const content = JSON.stringify({ projects: [], tasks: [{ ...task, ...rest, ...invented }] });
      return seen === 1 ? { kind: 'content', content } : { kind: 'pass' };
    });
    const run = await untilEnded(steward, await start({ userPrompt: fresh() }, { autoExecute: true }));
    steward.proxy.setFaults(() => ({ kind: 'pass' }));
    expect(seen).toBe(2);
    expect(run).toMatchObject({ status: 'completed', result: { failed: 0 } });
    expect(JSON.stringify(run.steps)).not.toContain('never said');
  });
});
