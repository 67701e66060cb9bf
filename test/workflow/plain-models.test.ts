import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { RunDetail } from '../../src/contract/views.ts';
import type { Fault, SeenCall } from '../support/model-proxy.ts';
import { plainTurn } from '../support/plain-model.ts';
import { approve, startRun, untilAsked, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import { startSteward } from '../support/steward.ts';
import type { TestSteward } from '../support/steward.ts';
import { insertTroubled } from '../support/troubled/insert.ts';

let steward: TestSteward;
beforeAll(async () => {
  const price = { input: 1, output: 1 };
  steward = await startSteward({ temporalAddress: inject('temporalAddress'), price, nativeTools: false });
});
afterAll(async () => await steward.stop());
beforeEach(() => answering(() => null));

/** A model without tools of its own; `turn` may answer a turn otherwise, or spoil it. */
function answering(turn: (number: number, said: string) => string | null): readonly SeenCall[] {
  const turns: SeenCall[] = [];
  steward.proxy.setFaults((call): Fault => {
    const said = plainTurn(call.body);
    if (said === null) return { kind: 'pass' };
    turns.push(call);
    return { kind: 'content', content: turn(turns.length, said) ?? said };
  });
  return turns;
}

function action(name: string, parameters: object): string {
  return JSON.stringify({ reasoning: 'So be it.', action: name, parameters });
}

const nothing = { highlights: [], newTasks: [], newNotes: [], taskChanges: [] };
const finish = action('finish', { ...nothing, report: 'Looked.' });

async function runAgent(input: object = {}): Promise<RunDetail> {
  const runId = await startRun(steward, { type: 'agent', input: { userPrompt: 'Look for the roses.', ...input } });
  return await untilEnded(steward, runId);
}

function toolSteps(run: RunDetail): readonly string[] {
  return run.steps.filter((step) => step.type === 'tool').map((step) => `${step.name} ${step.status}`);
}

function expectPlain(turns: readonly SeenCall[]): void {
  expect(turns.length).toBeGreaterThan(1);
  for (const { body } of turns) {
    expect(JSON.parse(body)).not.toHaveProperty('tools');
    expect(body).not.toContain('"tool_call');
  }
}

describe('with models that have no tool calls of their own', () => {
  test('an agent looks things up, reports and proposes, and what is accepted is applied', async () => {
    await steward.api.createRecord({ kind: 'tasks', values: { title: 'Cut roses', deadline: '2026-01-01T08:00:00Z' } });
    const turns = answering(() => null);
    const userPrompt = 'Which tasks are overdue, and what should be done about them?';
    const runId = await startRun(steward, { type: 'agent', input: { userPrompt } });
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      result: { reason: 'finished', decision: 'approved', applied: 1 },
    });
    expect(toolSteps(run)).toContain('list_tasks completed');
    expectPlain(turns);
    expect(turns[1]?.body).toContain('Result of the call t00001c00');
    await expectSound(steward, runId);
  });

  test('an agent makes several calls at once, and asks before it writes', async () => {
    const calls = [
      { action: 'list_projects', parameters: {} },
      { action: 'create_note', parameters: { title: 'Plain', content: 'Written in JSON.' } },
    ];
    answering((turn) => (turn === 1 ? JSON.stringify({ reasoning: 'Both.', actions: calls }) : finish));
    const input = { userPrompt: 'Note it.', tools: ['read:own', 'create_note'] };
    const runId = await startRun(steward, { type: 'agent', input });
    const request = await untilAsked(steward, runId, 'confirmation');
    expect(request.body).toBe('{"title":"Plain","content":"Written in JSON."}');
    await steward.api.answerRequest({ requestId: request.id, value: true });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', turns: 2 } });
    expect(toolSteps(run).toSorted()).toEqual(['create_note completed', 'list_projects completed']);
    await expectSound(steward, runId);
  });

  test.each([
    ['half of its JSON', '{"reasoning":"Look","action":"list_ta', 'ends before its JSON is complete'],
    ['words', 'I would look at the tasks first.', 'not JSON'],
    ['no action', '{"reasoning":"Hm."}', 'names no tool'],
  ])('an agent that answers %s twice is shown what was wrong, within its turn', async (_name, bad, problem) => {
    // The first time the grant of the turn is used up: it is asked afresh under a larger one.
    const turns = answering((turn) => (turn <= 2 ? bad : finish));
    const run = await runAgent();
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', turns: 1 } });
    expect(turns.at(-1)?.body).toContain(problem);
    await expectSound(steward, run.id);
  });

  test('an agent that never answers in JSON fails with a step that says why', async () => {
    answering(() => '{"reasoning":"Look","action":"list_ta');
    const run = await runAgent();
    expect(run).toMatchObject({ status: 'failed', error: { code: 'model_failed' } });
    expect(run.steps.at(-1)).toMatchObject({ status: 'failed', error: expect.stringContaining('ends before') });
    await expectSound(steward, run.id);
  });

  test('an agent is told of a tool that is none, and goes on', async () => {
    const turns = answering((turn) => (turn === 1 ? action('send_fax', { to: 'Ann' }) : finish));
    const run = await runAgent();
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', turns: 2 } });
    expect(turns[1]?.body).toContain('There is no tool \\"send_fax\\". The tools are: list_projects');
    await expectSound(steward, run.id);
  });

  test('an agent that makes the same call again and again is ended, and says so', async () => {
    answering(() => action('list_projects', {}));
    const run = await runAgent();
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'repeated_calls', turns: 3 } });
    await expectSound(steward, run.id);
  });

  test('an optimization investigates, and proposes measures', async () => {
    await insertTroubled(steward);
    const turns = answering((turn) => (turn === 1 ? '{"action":"list_tasks","param' : null));
    const runId = await startRun(steward, { type: 'optimization', input: {} });
    await untilAsked(steward, runId, 'approval');
    const { steps } = await steward.api.getRun({ runId });
    expect(steps.filter((step) => step.type === 'tool' && step.status === 'completed')).not.toEqual([]);
    // Asked in one go only where the investigation came to no end.
    expect(steps.map((step) => step.name)).not.toContain('diagnose');
    expectPlain(turns);
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { failed: 0 } });
    await expectSound(steward, runId);
  });

  test('a research gathers what its claims are quoted from', async () => {
    const content = 'The deposit is three months of rent, says the lease.';
    await steward.api.createRecord({ kind: 'notes', values: { title: 'Lease', content } });
    const turns = answering((turn) => (turn === 1 ? action('search_web', {}) : null));
    const input = { userPrompt: 'How high is the deposit in the lease?' };
    const runId = await startRun(steward, { type: 'research', input, options: { autoExecute: true } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed' });
    expect(toolSteps(run)).toContain('search_web failed');
    expect(toolSteps(run)).toContain('search_records completed');
    expectPlain(turns);
    const [report] = await steward.api.listArtifacts({ runId });
    expect((await steward.api.readArtifact({ artifactId: report?.id ?? '' })).text).toContain('three months of rent');
    await expectSound(steward, runId);
  });
});
