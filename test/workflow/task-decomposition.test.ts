import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import type { Fault } from '../support/model-proxy.ts';
import { expectAppliedOnce, expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price: { input: 1, output: 1 } });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const type = 'task_decomposition';
let made = 0;

/** A text with parts, an order and a part that is too long. Never the same twice: equal prompts are answered from the cache. */
function renovation(): string {
  made += 1;
  return `Renovate hall ${made}-${Date.now().toString(36)}:
- Buy paint (30 min)
- Clear the hall (1 hour)
- Paint the walls (2 hours), after buying paint
- Lay the floor (2 days)
`;
}

async function createTask(values: Record<string, string | number>): Promise<string> {
  const { id } = await steward.api.createRecord({ kind: 'tasks', values: { title: 'Renovate the hall', ...values } });
  return id;
}

async function subtasksOf(parentTaskId: string) {
  return await steward.database.asService(
    async (tx) =>
      await tx
        .selectFrom('tasks')
        .select(['id', 'title', 'duration_minutes', 'task_steps', 'description'])
        .where('parent_task_id', '=', parentTaskId)
        .where('deleted_at', 'is', null)
        .orderBy('created_at')
        .execute(),
  );
}

async function operationsOf(runId: string) {
  const { proposalId } = await untilAsked(steward, runId, 'approval');
  return (await steward.api.getProposal({ proposalId: proposalId ?? '' })).operations;
}

describe('a text', () => {
  test('becomes a task with subtasks of the size wanted, in their order, with steps and a check', async () => {
    const runId = await startRun(steward, { type, input: { userPrompt: renovation() } });
    const operations = await operationsOf(runId);
    const whole = operations.find((each) => each.id === 'task');
    expect(whole).toMatchObject({ kind: 'create_task', requires: [] });
    expect(operations.filter((each) => each.kind === 'create_task' && each.id !== 'task')).toSatisfy(
      (parts: typeof operations) => parts.length > 4 && parts.every((part) => part.requires.includes('task')),
    );
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', phase: 'report', result: { decision: 'approved', failed: 0 } });
    const { taskId } = z.object({ taskId: z.uuid() }).parse(whole?.payload);
    const subtasks = await subtasksOf(taskId);
    expect(subtasks.every((task) => (task.duration_minutes ?? 999) <= 120)).toBe(true);
    expect(subtasks.every((task) => (task.task_steps ?? '').startsWith('- '))).toBe(true);
    expect(subtasks.every((task) => (task.description ?? '').includes('Done when: '))).toBe(true);
    const order = operations.filter((each) => each.kind === 'add_dependency').map((each) => each.title);
    expect(order).toContain('"3 Paint the walls" after "1 Buy paint" (hard)');
    const [file] = await steward.api.listArtifacts({ runId });
    expect(file?.name).toBe('subtasks.md');
    await expectSound(steward, runId);
    await expectAppliedOnce(steward, runId);
  });

  test('that is one small thing to do ends with nothing to do', async () => {
    const runId = await startRun(steward, { type, input: { userPrompt: 'Call the dentist' } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', proposals: [], result: { decision: 'nothing_to_do' } });
    expect(JSON.stringify(run.result)).toContain('nothing to split');
    await expectSound(steward, runId);
  });

  test('is placed in the calendar where that is asked for', async () => {
    const options = { schedule: true, autoExecute: true };
    const runId = await startRun(steward, { type, input: { userPrompt: renovation() }, options });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed' });
    const { operations } = await steward.api.getProposal({ proposalId: run.proposals[0]?.id ?? '' });
    expect(operations.filter((each) => each.kind === 'schedule_event').length).toBeGreaterThan(4);
    await expectAppliedOnce(steward, runId);
  });
});

describe('a task of the records', () => {
  test('keeps its subtasks, which are changed and not made again, and gets their duration', async () => {
    const taskId = await createTask({ title: 'Renovate the hall', duration_minutes: 600 });
    const subtaskId = await createTask({ title: 'Buy paint', parent_task_id: taskId });
    await createTask({ title: 'Clear the hall', parent_task_id: taskId, status: 'completed' });
    const runId = await startRun(steward, { type, input: { taskId, userPrompt: renovation() } });
    const operations = await operationsOf(runId);
    expect(operations.find((each) => each.id === 'task')).toMatchObject({
      kind: 'update_task',
      title: expect.stringContaining('10 h → '),
    });
    expect(operations.filter((each) => each.title.includes('Clear the hall'))).toEqual([]);
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { taskId, failed: 0 } });
    const subtasks = await subtasksOf(taskId);
    expect(subtasks.filter((task) => task.title.includes('Buy paint')).map((task) => task.id)).toEqual([subtaskId]);
    expect(subtasks.find((task) => task.id === subtaskId)).toMatchObject({ duration_minutes: 30 });
    const again = await startRun(steward, {
      type,
      input: { taskId, userPrompt: renovation() },
      options: { autoExecute: true },
    });
    await untilEnded(steward, again);
    expect((await subtasksOf(taskId)).map((task) => task.id).sort()).toEqual(subtasks.map((task) => task.id).sort());
  });

  test('can be approved in part and undone', async () => {
    const taskId = await createTask({ duration_minutes: 600 });
    const runId = await startRun(steward, { type, input: { taskId, userPrompt: renovation() } });
    const request = await untilAsked(steward, runId, 'approval');
    const operations = ['part-1', 'part-2'];
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations });
    expect(await untilEnded(steward, runId)).toMatchObject({
      status: 'completed',
      result: { decision: 'partly_approved', applied: 2 },
    });
    expect((await subtasksOf(taskId)).map((task) => task.title)).toEqual(['1 Buy paint', '2 Clear the hall']);
    await steward.api.undoProposal({ proposalId: request.proposalId ?? '' });
    await expect.poll(async () => (await subtasksOf(taskId)).length, { timeout: 30_000 }).toBe(0);
  });

  test('that is small enough is left alone without asking a model', async () => {
    const taskId = await createTask({ title: 'Sharpen the pencils', duration_minutes: 30 });
    const calls = steward.proxy.calls.length;
    const run = await untilEnded(steward, await startRun(steward, { type, input: { taskId } }));
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'nothing_to_do', taskId } });
    expect(steward.proxy.calls.length).toBe(calls);
  });

  test('that is finished is refused with the way out', async () => {
    const taskId = await createTask({ title: 'Water the plants' });
    await steward.database.asService(
      async (tx) => await tx.updateTable('tasks').set({ status: 'completed' }).where('id', '=', taskId).execute(),
    );
    const run = await untilEnded(steward, await startRun(steward, { type, input: { taskId } }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'invalid_input' } });
    expect(run.error?.message).toContain('set it to pending first');
  });
});

describe('without a task named', () => {
  test('the neediest of a project is taken, and a choice is asked between close ones', async () => {
    const { id: projectId } = await steward.api.createRecord({ kind: 'projects', values: { name: 'Allotment' } });
    const empty = await untilEnded(steward, await startRun(steward, { type, input: { projectId } }));
    expect(empty).toMatchObject({ status: 'completed', result: { decision: 'nothing_to_do' } });
    for (const title of ['Build the shed', 'Build the fence'])
      await createTask({ title, duration_minutes: 900, project_id: projectId });
    const runId = await startRun(steward, { type, input: { projectId }, options: { autoExecute: true } });
    const request = await untilAsked(steward, runId, 'clarification');
    expect(request.questions[0]).toMatchObject({
      kind: 'choice',
      options: ['Build the shed (Allotment)', 'Build the fence (Allotment)'],
    });
    await steward.api.answerRequest({ requestId: request.id, value: 'Build the fence (Allotment)' });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved' } });
    const { taskId } = z.object({ taskId: z.string() }).parse(run.result);
    expect((await subtasksOf(taskId)).some((task) => task.title.includes('the fence'))).toBe(true);
    await expectSound(steward, runId);
  });
});

describe('a rejection', () => {
  test('with its reason leads to other subtasks', async () => {
    const runId = await startRun(steward, { type, input: { userPrompt: renovation() } });
    const first = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId: first.id, decision: 'reject', comment: 'Leave out the floor' });
    const operations = await operationsOf(runId);
    expect(operations.filter((each) => each.title.toLowerCase().includes('floor'))).toEqual([]);
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { revisions: 2 } });
    await expectSound(steward, runId);
  });
});

describe('wrong input', () => {
  test('is refused with each field named', async () => {
    const wrong = { type, input: { taskID: 'x' }, options: { maxMinutes: 60, minMinutes: 50 } };
    await expect(steward.api.startRun(wrong)).rejects.toMatchObject({ code: 'invalid_input' });
    const refused: unknown = await steward.api.startRun(wrong).catch((error: unknown) => error);
    expect(JSON.stringify(refused)).toMatch(/taskID/);
    expect(JSON.stringify(refused)).toMatch(/at most half of maxMinutes/);
  });
});

describe('a model', () => {
  const answering = (contents: readonly string[]): void => {
    let count = 0;
    steward.proxy.setFaults((call): Fault => {
      if (!call.operation.endsWith('split')) return { kind: 'pass' };
      count += 1;
      const content = contents[count - 1];
      return content === undefined ? { kind: 'pass' } : { kind: 'content', content };
    });
  };
  const invented = JSON.stringify({
    title: 'Hall',
    summary: '',
    reasoning: 'none',
    parts: ['1', '2'].map((key) => ({
      key,
      title: `Do part ${key}`,
      steps: ['Do it'],
      acceptance: 'It is done.',
      minutes: { low: 30, likely: 60, high: 90 },
      reason: 'a guess',
      existingTaskId: '0198b2f0-7f43-7b1c-9d3e-5c1a2b3c4d5e',
    })),
  });

  test('that talks nonsense or invents ids is shown its fault and asked again', async () => {
    answering(['The weather is fine.', invented]);
    const run = await untilEnded(
      steward,
      await startRun(steward, { type, input: { userPrompt: renovation() }, options: { autoExecute: true } }),
    );
    expect(run).toMatchObject({ status: 'completed', result: { decision: 'approved' } });
    expect(run.steps.find((step) => step.name === 'split')).toMatchObject({ status: 'completed', retries: 2 });
    await expectSound(steward, run.id);
  });

  test('costs no more than the budget allows', async () => {
    const budget = { maxCostUsd: 0.004, onExhausted: 'abort' } as const;
    const run = await untilEnded(
      steward,
      await startRun(steward, { type, input: { userPrompt: renovation() }, budget }),
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'budget_exceeded' } });
    await expectSound(steward, run.id);
  });
});
