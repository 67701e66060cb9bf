import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { RunDetail } from '../../src/contract/views.ts';
import type { ScriptedCall, SeenCall } from '../support/model-proxy.ts';
import { startProbeSteward } from '../support/probe/probe-steward.ts';
import { startRun, until, untilAsked, untilEnded } from '../support/runs.ts';
import { expectSound } from '../support/sound-run.ts';
import type { TestSteward } from '../support/steward.ts';

let steward: TestSteward;
beforeAll(async () => {
  steward = await startProbeSteward({ temporalAddress: inject('temporalAddress') });
});
afterAll(async () => await steward.stop());
beforeEach(() => steward.proxy.setFaults(() => ({ kind: 'pass' })));

const allTools = ['list_projects', 'list_tasks', 'search_notes', 'get_calendar', 'create_task', 'create_note'];

function finish(result: string): ScriptedCall {
  return { name: 'finish', arguments: { result } };
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

async function startAgent(
  more: { readonly maxTurns?: number; readonly tools?: readonly string[] } = {},
): Promise<string> {
  const input = { script: 'agent', goal: 'Look after the garden.', tools: [...(more.tools ?? allTools)] };
  const { maxTurns } = more;
  return await startRun(steward, {
    type: 'probe',
    input: { ...input, ...(maxTurns === undefined ? {} : { maxTurns }) },
  });
}

async function notesCalled(title: string): Promise<number> {
  const { items } = await steward.api.listRecords({ kind: 'notes', limit: 100 });
  return items.filter((note) => note['title'] === title).length;
}

function steps(run: RunDetail): readonly string[] {
  return run.steps.map((step) => `${step.type} ${step.name} ${step.status}`);
}

describe('an agent', () => {
  test('reads, several calls at once, and finishes with a result', async () => {
    await steward.api.createRecord({ kind: 'notes', values: { title: 'Roses', content: 'Cut the roses in March.' } });
    const seen = scripted([
      [
        { name: 'search_notes', arguments: { text: 'roses' } },
        { name: 'list_projects', arguments: {} },
      ],
      [finish('March')],
    ]);
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', result: 'March', turns: 2 } });
    expect(steps(run).slice(0, 1)).toEqual(['agent work completed']);
    expect(steps(run).slice(1, 3).sort()).toEqual(['tool list_projects completed', 'tool search_notes completed']);
    expect(seen[1]?.body).toContain('Cut the roses in March.');
    await expectSound(steward, run.id);
  });

  test('writes what a person allows, once', async () => {
    scripted([
      [{ name: 'create_note', arguments: { title: 'Allowed', content: 'Water the beans.' } }],
      [finish('noted')],
    ]);
    const runId = await startAgent();
    const request = await untilAsked(steward, runId, 'confirmation');
    expect(request.body).toContain('Water the beans.');
    expect(await notesCalled('Allowed')).toBe(0);
    await steward.api.answerRequest({ requestId: request.id, value: { allow: true } });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished' } });
    expect(await notesCalled('Allowed')).toBe(1);
    await expectSound(steward, runId);
  });

  test('is told when a person does not allow a call, and goes on', async () => {
    const seen = scripted([
      [{ name: 'create_note', arguments: { title: 'Denied', content: 'No.' } }],
      [finish('fine')],
    ]);
    const runId = await startAgent();
    const request = await untilAsked(steward, runId, 'confirmation');
    await steward.api.answerRequest({ requestId: request.id, value: false });
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', result: 'fine' } });
    expect(await notesCalled('Denied')).toBe(0);
    expect(seen[1]?.body).toContain('did not allow');
    await expectSound(steward, runId);
  });

  test('is told of a tool that is unknown or not granted, of bad arguments, and of broken JSON', async () => {
    const seen = scripted([
      [{ name: 'launch_rocket', arguments: {} }],
      [{ name: 'create_task', arguments: { title: 'not granted' } }],
      [{ name: 'search_notes', arguments: { query: 7, color: 'red' } }],
      [{ name: 'search_notes', arguments: '{"text": "half' }],
      [finish('gave up')],
    ]);
    const run = await untilEnded(steward, await startAgent({ tools: ['search_notes'] }));
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', turns: 5 } });
    expect(run.steps.filter((step) => step.type === 'tool').map((step) => step.status)).toEqual(
      Array(4).fill('failed'),
    );
    expect(seen[1]?.body).toContain('There is no tool');
    expect(seen[2]?.body).toContain('The tools are: search_notes');
    expect(seen[3]?.body).toContain('Its fields are');
    expect(seen[4]?.body).toContain('no JSON object');
    await expectSound(steward, run.id);
  });
});

describe('an agent that does not get on', () => {
  test('that makes the same call again and again is ended with the reason', async () => {
    scripted([[{ name: 'search_notes', arguments: { text: 'dahlias' } }]]);
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'repeated_calls', result: null, turns: 3 } });
    await expectSound(steward, run.id);
  });

  test('that learns nothing new is ended with the reason', async () => {
    scripted(
      Array.from({ length: 20 }, (_none, turn) => [{ name: 'search_notes', arguments: { text: `zzz${turn}` } }]),
    );
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'no_progress' } });
    await expectSound(steward, run.id);
  });

  test('that does not come to an end is ended after its turns', async () => {
    scripted([
      [{ name: 'list_tasks', arguments: {} }],
      [{ name: 'list_projects', arguments: {} }],
      [{ name: 'search_notes', arguments: { text: 'roses' } }],
    ]);
    const run = await untilEnded(steward, await startAgent({ maxTurns: 3 }));
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'max_turns', turns: 3 } });
    await expectSound(steward, run.id);
  });

  test('that answers in plain words is told how to end, and ends without a result when it goes on so', async () => {
    const seen = scripted([[]]);
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'invalid_result', result: null, turns: 3 } });
    expect(seen[1]?.body).toContain('neither a call nor a result');
    expect(run.steps.at(-1)).toMatchObject({ title: 'Ended after 3 turns: invalid_result' });
    await expectSound(steward, run.id);
  });

  test('is told what is wrong with its result, and may mend it', async () => {
    const note = await steward.api.createRecord({ kind: 'notes', values: { title: 'Tulips', content: 'Plant them.' } });
    const unknown = '00000000-0000-4000-8000-000000000000';
    const seen = scripted([
      [{ name: 'finish', arguments: { result: 7 } }],
      [{ name: 'finish', arguments: { result: 'found', noteId: unknown } }],
      [{ name: 'finish', arguments: { result: 'found', noteId: note.id } }],
    ]);
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ result: { reason: 'finished', result: 'found', turns: 3 } });
    expect(seen[1]?.body).toContain("The result can't be used");
    expect(seen[2]?.body).toContain(`there is no note ${unknown}`);
    await expectSound(steward, run.id);
  });

  test('that ends while it still calls is told to wait for the results', async () => {
    const seen = scripted([[{ name: 'list_tasks', arguments: {} }, finish('early')], [finish('late')]]);
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ result: { reason: 'finished', result: 'late', turns: 2 } });
    expect(seen[1]?.body).toContain('call finish alone');
  });

  test('that goes back and forth between two calls is ended with the reason', async () => {
    scripted(
      Array.from({ length: 20 }, (_none, turn) => [
        turn % 2 === 0 ? { name: 'list_tasks', arguments: {} } : { name: 'search_notes', arguments: { text: 'qqq' } },
      ]),
    );
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'ping_pong', turns: 4 } });
    expect(run.steps.at(-1)).toMatchObject({ title: 'Ended after 4 turns: ping_pong' });
    await expectSound(steward, run.id);
  });

  test('that calls what does not exist under ever new names is ended too', async () => {
    scripted(Array.from({ length: 20 }, (_none, turn) => [{ name: `tool_${turn}`, arguments: {} }]));
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'no_progress', turns: 7 } });
  });

  test('that is granted a tool there is none of fails with the tools there are', async () => {
    const seen = scripted([[finish('never')]]);
    const run = await untilEnded(steward, await startAgent({ tools: ['list_tasks', 'launch_rocket'] }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'invalid_input' } });
    expect(run.error?.message).toContain('there is no tool "launch_rocket". The tools are: list_projects');
    expect(seen).toHaveLength(0);
  });
});

describe('the transcript of an agent', () => {
  test('is shown old results by reference, and reads one again that it wants to see', async () => {
    const long = 'A long story of the garden. '.repeat(100);
    for (let index = 0; index < 26; index += 1) {
      const values = { title: `Story ${index}`, content: `story${index}x ${long}` };
      await steward.api.createRecord({ kind: 'notes', values });
    }
    const seen = scripted([
      ...Array.from({ length: 26 }, (_none, turn) => [{ name: 'search_notes', arguments: { text: `story${turn}x` } }]),
      [{ name: 'recall', arguments: { reference: 't00001c00', from: 900 } }],
      [finish('read all')],
    ]);
    const run = await untilEnded(steward, await startAgent());
    expect(run).toMatchObject({ status: 'completed', result: { reason: 'finished', turns: 28 } });
    const last = seen.at(-1)?.body ?? '';
    expect(last).toContain('earlier_steps');
    expect(last).toContain('- [t00001c00] search_notes');
    expect(last).toContain('\\"from\\":900');
    const growth = seen.map((call) => call.body.length);
    // The window of whole turns moves on in strides: two of them later a prompt is hardly longer.
    const early = (growth[7] ?? 0) - (growth[0] ?? 0);
    const late = (growth[24] ?? 0) - (growth[8] ?? 0);
    expect(late).toBeLessThan(early * 0.7);
    await expectSound(steward, run.id);
  });
});

describe('an agent that waits for consent', () => {
  test('that is stopped while it asks leaves nothing behind', async () => {
    scripted([[{ name: 'create_note', arguments: { title: 'Stopped', content: 'x' } }]]);
    const runId = await startAgent();
    await untilAsked(steward, runId, 'confirmation');
    await steward.api.stopRun({ runId });
    expect(await untilEnded(steward, runId)).toMatchObject({ outcome: 'stopped' });
    expect(await notesCalled('Stopped')).toBe(0);
    await expectSound(steward, runId);
  });

  test('that meets a worker restart between two turns repeats no call', async () => {
    const title = `Once ${Date.now()}`;
    const seen = scripted([[{ name: 'create_note', arguments: { title, content: 'x' } }], [finish('done')]]);
    const runId = await startAgent();
    const request = await untilAsked(steward, runId, 'confirmation');
    await steward.restartWorkers();
    await steward.api.answerRequest({ requestId: request.id, value: true });
    await until('it ends', async () => ((await steward.api.getRun({ runId })).completedAt === null ? null : true));
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed' });
    expect(seen).toHaveLength(2);
    expect(await notesCalled(title)).toBe(1);
    await expectSound(steward, runId);
  });
});
