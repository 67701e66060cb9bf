import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Json } from '../../src/contract/json.ts';
import type { ScriptedCall, SeenCall } from '../support/model-proxy.ts';
import { startRun, untilAsked, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const nothing = { highlights: [], newTasks: [], newNotes: [], taskChanges: [] };

function finish(found: { readonly [field: string]: Json }): ScriptedCall {
  return { name: 'finish', arguments: { ...nothing, report: 'Looked.', ...found } };
}

function newTask(title: string): Json {
  const rest = { description: '', projectId: null, priority: 'high', durationMinutes: 30, deadline: null };
  return { title, ...rest, reason: 'It was asked for.' };
}

/** A model that makes these calls turn by turn, and goes on with the last ones. */
function scripted(turns: readonly (readonly ScriptedCall[])[]): readonly SeenCall[] {
  const seen: SeenCall[] = [];
  steward.proxy.setFaults((call) => {
    seen.push(call);
    return { kind: 'calls', text: `Turn ${seen.length}.`, calls: turns[seen.length - 1] ?? turns.at(-1) ?? [] };
  });
  return seen;
}

async function start(input: { readonly [field: string]: Json } = {}): Promise<string> {
  return await startRun(steward, { type: 'agent', input: { userPrompt: 'Look after the garden.', ...input } });
}

async function waitingOn(filter: string): Promise<readonly string[]> {
  return (await steward.api.listRuns({ waitingOn: filter })).items.map((run) => run.id);
}

async function titles(kind: 'tasks' | 'notes'): Promise<readonly Json[]> {
  const { items } = await steward.api.listRecords({ kind, limit: 100 });
  return items.map((item) => item['title'] ?? null);
}

async function reportOf(runId: string): Promise<string> {
  const files = await steward.api.listArtifacts({ runId });
  return (await steward.api.readArtifact({ artifactId: files.at(-1)?.id ?? '' })).text;
}

describe('the type agent', () => {
  test('looks things up without a language model, reports, and asks nothing when it proposes nothing', async () => {
    await steward.api.createRecord({ kind: 'notes', values: { title: 'Roses', content: 'Cut the roses in March.' } });
    const run = await untilEnded(steward, await start({ userPrompt: 'Search my notes for the roses.' }));
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', decision: 'nothing_proposed' } });
    expect(run.requests).toEqual([]);
    const report = await reportOf(run.id);
    expect(report).toMatch(/^# Search my notes/);
    expect(report).toContain('- Roses');
    expect(report).toContain("Steward's offline model");
    await expectSound(steward, run.id);
  });

  test('proposes what it would change, applies the accepted part once, and takes it back', async () => {
    const task = await steward.api.createRecord({ kind: 'tasks', values: { title: 'Mow the lawn' } });
    const change = { taskId: task.id, status: 'cancelled', priority: null, deadline: null, reason: 'It rains.' };
    const note = { title: 'Weather', content: 'Rain all week.', projectId: null, reason: 'Good to know.' };
    scripted([
      [{ name: 'list_tasks', arguments: {} }],
      [finish({ newTasks: [newTask('Buy seeds')], newNotes: [note], taskChanges: [change] })],
    ]);
    const runId = await start();
    const request = await untilAsked(steward, runId, 'approval');
    const proposal = await steward.api.getProposal({ proposalId: request.proposalId ?? '' });
    expect(proposal.operations.map(({ id, title }) => [id, title])).toEqual([
      ['task-1', 'Add the task “Buy seeds”'],
      ['note-1', 'Keep the note “Weather”'],
      ['status-1', 'Set “Mow the lawn” to cancelled'],
    ]);
    await steward.api.decideRequest({
      requestId: request.id,
      decision: 'approve',
      operations: ['task-1', 'status-1'],
    });
    const run = await untilEnded(steward, runId);
    expect(run.result).toMatchObject({ decision: 'partly_approved', applied: 2, refused: 1, failed: 0 });
    expect(await titles('tasks')).toContain('Buy seeds');
    expect(await titles('notes')).not.toContain('Weather');
    await expectSound(steward, runId);
    await steward.api.undoProposal({ proposalId: proposal.id });
    expect(await titles('tasks')).not.toContain('Buy seeds');
  });

  test('works again after a rejection, with its reason', async () => {
    const seen = scripted([[finish({ newTasks: [newTask('First')] })], [finish({ newTasks: [newTask('Second')] })]]);
    const runId = await start();
    const request = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId: request.id, decision: 'reject', comment: 'Not that one.' });
    const again = await untilAsked(steward, runId, 'approval');
    expect(seen[1]?.body).toContain('Not that one.');
    await steward.api.decideRequest({ requestId: again.id, decision: 'approve' });
    expect((await untilEnded(steward, runId)).result).toMatchObject({ decision: 'approved', applied: 1 });
    expect(await titles('tasks')).toContain('Second');
    expect(await titles('tasks')).not.toContain('First');
    await expectSound(steward, runId);
  });

  test('is told of ids that it made up, and of a change that changes nothing', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const change = { taskId: id, status: null, priority: 'low', deadline: null, reason: 'So.' };
    const seen = scripted([
      [finish({ taskChanges: [change] })],
      [finish({ newTasks: [{ ...(newTask('x') as object), projectId: id }] as never })],
      [finish({})],
    ]);
    const run = await untilEnded(steward, await start());
    expect(seen[1]?.body).toContain(`there is no open task ${id}`);
    expect(seen[2]?.body).toContain(`there is no open project ${id}`);
    expect(run.result).toMatchObject({ decision: 'nothing_proposed', turns: 3 });
  });

  test('that goes in circles ends with an honest report', async () => {
    scripted([[{ name: 'list_tasks', arguments: {} }]]);
    const run = await untilEnded(steward, await start());
    expect(run).toMatchObject({
      status: 'completed',
      result: { reason: 'repeated_calls', decision: 'nothing_proposed', turns: 3 },
    });
    expect(await reportOf(run.id)).toContain('ended after 3 turns without a result');
    await expectSound(steward, run.id);
  });

  test('may only read unless a writing tool is named, and then asks', async () => {
    const call = { name: 'create_note', arguments: { title: 'Direct', content: 'x' } };
    const seen = scripted([[call], [finish({})]]);
    await untilEnded(steward, await start());
    expect(seen[1]?.body).toContain('There is no tool');
    expect(await titles('notes')).not.toContain('Direct');
    scripted([[call], [finish({})]]);
    const runId = await start({ tools: ['read:own', 'create_note'] });
    const request = await untilAsked(steward, runId, 'confirmation');
    expect(request.body).toBe('{"title":"Direct","content":"x"}');
    expect((await steward.api.getRun({ runId })).waitingOn).toMatchObject({ kind: 'confirmation', id: request.id });
    expect(await waitingOn('confirmation')).toContain(runId);
    expect(await waitingOn('person')).toContain(runId);
    expect(await waitingOn('approval')).not.toContain(runId);
    await steward.api.answerRequest({ requestId: request.id, value: true });
    expect((await untilEnded(steward, runId)).result).toMatchObject({ reason: 'finished' });
    expect(await titles('notes')).toContain('Direct');
    await expectSound(steward, runId);
  });

  test('refuses a start without a goal, and fails on a tool there is none of', async () => {
    await expect(startRun(steward, { type: 'agent', input: { context: 'x' } })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const run = await untilEnded(steward, await start({ tools: ['list_tasks', 'send_fax'] }));
    expect(run.error).toMatchObject({ code: 'invalid_input' });
    expect(run.error?.message).toContain('there is no tool "send_fax". The tools are: list_projects');
  });

  test('keeps to its budget', async () => {
    scripted([[{ name: 'list_tasks', arguments: {} }], [{ name: 'list_projects', arguments: {} }], [finish({})]]);
    const runId = await startRun(steward, {
      type: 'agent',
      input: { userPrompt: 'Look.' },
      budget: { maxSteps: 2, onExhausted: 'abort' },
    });
    expect((await untilEnded(steward, runId)).error).toMatchObject({ code: 'budget_exceeded' });
    await expectSound(steward, runId);
  });
});
