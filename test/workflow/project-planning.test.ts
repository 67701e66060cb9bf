import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Progress } from '../../workflows/kernel/messages/definitions.ts';
import { answerSchema } from '../../src/contract/request.ts';
import { expectAppliedOnce, expectSound, recordsOf } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { approve, handleOf, roadmap, signal, startRun, untilAsked, untilEnded, update } from '../support/runs.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());

describe('a planning run', () => {
  test('goes from a text with a roadmap to records, a calendar and a summary', async () => {
    const runId = await startRun(steward);
    const request = await untilAsked(steward, runId, 'approval');
    const proposal = await steward.api.getProposal({ proposalId: request.proposalId ?? '' });
    const tasks = proposal.operations
      .filter((operation) => operation.kind === 'create_task')
      .map((operation) => operation.title);
    expect(tasks).toEqual(
      ['Measure the room', 'Draw the floor plan', 'Build the shelves', 'Paint the walls', 'Invite the neighbours'].map(
        (title) => `Add task "${title}"`,
      ),
    );
    expect(await recordsOf(steward, runId)).toEqual({ tasks: [], blocks: [] });
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      outcome: 'completed',
      phase: 'summarize',
      result: { decision: 'approved', revisions: 1, refused: 0, failed: 0 },
    });
    expect(run.phases.map((phase) => phase.state)).toEqual(run.phases.map(() => 'done'));
    const [artifact] = await steward.api.listArtifacts({ runId });
    expect(artifact?.name).toBe('plan.md');
    await expectSound(steward, runId);
    await expectAppliedOnce(steward, runId);
  });

  test('started by name and argument alone, as the temporal CLI does it, behaves the same', async () => {
    const workflowId = `run-by-hand-${Date.now()}`;
    const handle = await steward.client.workflow.start('project_planning', {
      workflowId,
      taskQueue: 'steward-runs',
      args: [{ input: { userPrompt: roadmap() }, options: { autoExecute: true } }],
    });
    expect(await handle.result()).toMatchObject({ outcome: 'completed' });
    const { runId } = await handle.query<Progress>('progress');
    expect(await steward.api.getRun({ runId })).toMatchObject({ status: 'completed', type: 'project_planning' });
    await expectSound(steward, runId);
  });

  test('with an input that is wrong fails with each field named', async () => {
    const handle = await steward.client.workflow.start('project_planning', {
      workflowId: `run-wrong-${Date.now()}`,
      taskQueue: 'steward-runs',
      args: [{ input: { userPrompt: 5, nonsense: true }, options: { maxSteps: -1 } }],
    });
    const failure = await handle.result().catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { type: 'invalid_input' } });
    const text = JSON.stringify(failure);
    for (const field of ['input.userPrompt', 'nonsense', 'options.maxSteps']) expect(text).toContain(field);
  });
});

describe('a one-liner', () => {
  test('is asked about; an answer of the wrong type is refused, the right one goes into the plan', async () => {
    const runId = await startRun(steward, { input: { userPrompt: `Organize a summer party ${Date.now()}` } });
    const request = await untilAsked(steward, runId, 'clarification');
    expect(request.questions.map((question) => question.key)).toContain('deadline');
    expect(request.schema).toEqual(answerSchema(request.questions));
    const wrong = await update(steward, runId, {
      answer: {
        requestId: request.id,
        value: { deadline: '31.12.', outcome: 'A party', guests: 'many' },
      },
    });
    expect(wrong).toEqual({ refused: 'invalid_input' });
    await expect(steward.api.answerRequest({ requestId: request.id, value: { deadline: 12 } })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const value = { deadline: '2027-06-20', outcome: 'Music, food and a bonfire', guests: 40 };
    expect(await update(steward, runId, { answer: { value } })).toEqual({ accepted: true, duplicate: false });
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run.status).toBe('completed');
    expect(run.requests.find((each) => each.kind === 'clarification')).toMatchObject({
      status: 'answered',
      answer: value,
    });
    const prompts = steward.proxy.calls.filter(
      (call) => call.operation.includes('plan') && call.body.includes('bonfire'),
    );
    expect(prompts.length).toBeGreaterThan(0);
    await expectSound(steward, runId);
  });

  test('is answered by a plain signal as well', async () => {
    const runId = await startRun(steward, { input: { userPrompt: `Learn the accordion ${Date.now()}` } });
    const request = await untilAsked(steward, runId, 'clarification');
    const value = Object.fromEntries(
      request.questions.map((question) => [question.key, question.default ?? 'Play three songs']),
    );
    await signal(steward, runId, { answer: { value } });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
  });
});

describe('autoExecute', () => {
  test('applies without asking', async () => {
    const runId = await startRun(steward, { options: { autoExecute: true } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', requests: [] });
    await expectAppliedOnce(steward, runId);
    await expectSound(steward, runId);
  });

  test('asks all the same where confirmation is required', async () => {
    const runId = await startRun(steward, { options: { autoExecute: true, requireConfirmation: true } });
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
  });
});

describe('an existing project', () => {
  test('is planned further and not made again', async () => {
    const project = await steward.api.createRecord({ kind: 'projects', values: { name: 'Allotment' } });
    const task = await steward.api.createRecord({
      kind: 'tasks',
      values: { title: 'Measure the room', project_id: project.id },
    });
    const runId = await startRun(steward, {
      input: { projectId: project.id, userPrompt: roadmap() },
      options: { autoExecute: true },
    });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', projectId: project.id });
    const { items: tasks } = await steward.api.listRecords({ kind: 'tasks', projectId: project.id });
    expect(tasks.filter((each) => each['title'] === 'Measure the room').map((each) => each.id)).toEqual([task.id]);
    expect(tasks.length).toBe(5);
    await expectSound(steward, runId);
    expect((await handleOf(steward, runId).describe()).searchAttributes['StewardProject']).toEqual([project.id]);
  });

  test('keeps its tasks when another project has tasks of the same titles', async () => {
    const first = await startRun(steward, { options: { autoExecute: true } });
    await untilEnded(steward, first);
    const before = await recordsOf(steward, first);
    const second = await startRun(steward, { options: { autoExecute: true } });
    await untilEnded(steward, second);
    expect((await recordsOf(steward, second)).tasks).toEqual(before.tasks);
    await expectAppliedOnce(steward, second);
    const { operations } = await steward.api.getProposal({
      proposalId: (await steward.api.getRun({ runId: second })).proposals[0]?.id ?? '',
    });
    expect(operations.filter((operation) => operation.kind === 'update_task')).toEqual([]);
  });
});
