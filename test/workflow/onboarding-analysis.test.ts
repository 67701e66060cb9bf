import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
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
beforeEach(async () => {
  steward.proxy.setFaults(() => ({ kind: 'pass' }));
  await steward.api.setUserContext({
    changes: {
      background: null,
      goals_overview: null,
      productivity_challenges: null,
      working_hours: null,
      timezone: null,
    },
  });
});

const type = 'onboarding_analysis';
let told = 0;

/** What a person tells. Never the same twice: equal prompts are answered from the cache. */
function story(): string {
  told += 1;
  const name = `Orchard${told}${Date.now().toString(36)}`;
  return `I am a nurse and I live in Lisbon. I work from 8:00 to 13:00.
I am working on ${name}.
I get distracted by messages all day.
- Buy seedlings for ${name} (1 hour)
- Call the landlord
`;
}

async function operationsOf(runId: string) {
  const { proposalId } = await untilAsked(steward, runId, 'approval');
  return (await steward.api.getProposal({ proposalId: proposalId ?? '' })).operations;
}

describe('what a person tells', () => {
  test('becomes their profile, hours, zone, projects with tasks, and a note, once they accept it', async () => {
    const runId = await startRun(steward, { type, input: { userPrompt: story() } });
    const operations = await operationsOf(runId);
    const project = operations.find((each) => each.kind === 'create_project');
    expect(operations.find((each) => each.title.includes('Buy seedlings'))?.requires).toEqual([project?.id]);
    await approve(steward, runId);
    const run = await untilEnded(steward, runId);
    expect(run).toMatchObject({
      status: 'completed',
      result: { decision: 'approved', projects: 1, tasks: 2, failed: 0 },
    });
    const context = await steward.api.getUserContext();
    expect(context['background']).toContain('I am a nurse');
    expect(context['productivity_challenges']).toContain('distracted by messages');
    expect(context['timezone']).toBe('Europe/Lisbon');
    expect(context['working_hours']).toMatchObject({ friday: [{ from: '08:00', to: '13:00' }] });
    expect(context['working_hours']).not.toHaveProperty('sunday');
    const { items: notes } = await steward.api.listRecords({ kind: 'notes' });
    expect(JSON.stringify(notes)).toContain('distracted by messages');
    await expectSound(steward, runId);
    await expectAppliedOnce(steward, runId);
    await steward.api.undoProposal({ proposalId: run.proposals[0]?.id ?? '' });
    await expect.poll(async () => (await steward.api.getUserContext())['background'], { timeout: 30_000 }).toBe(null);
  });

  test('is asked about where it is unclear, and the answer counts', async () => {
    const runId = await startRun(steward, {
      type,
      input: { userPrompt: `${story().replace('I work from 8:00 to 13:00.', '')}I work mornings till 1pm.` },
    });
    const request = await untilAsked(steward, runId, 'clarification');
    expect(request.questions).toMatchObject([{ key: 'working_hours', default: '09:00 to 13:00' }]);
    await steward.api.answerRequest({ requestId: request.id, value: '7:30 to 13:00' });
    const operations = await operationsOf(runId);
    expect(operations.find((each) => each.id === 'working-hours')?.title).toContain('07:30–13:00');
    await steward.api.stopRun({ runId });
    await untilEnded(steward, runId);
  });

  test('is matched with what is there, and can be accepted in part', async () => {
    const text = story();
    const name = /Orchard\w+/.exec(text)?.[0] ?? '';
    const { id } = await steward.api.createRecord({ kind: 'projects', values: { name } });
    const runId = await startRun(steward, { type, input: { userPrompt: text } });
    const operations = await operationsOf(runId);
    expect(operations.map((each) => each.kind)).not.toContain('create_project');
    const task = operations.find((each) => each.title.includes('Buy seedlings'));
    expect(task?.payload).toMatchObject({ projectId: id });
    const request = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId: request.id, decision: 'approve', operations: ['about-background'] });
    expect(await untilEnded(steward, runId)).toMatchObject({ result: { decision: 'partly_approved', applied: 1 } });
    expect((await steward.api.getUserContext())['timezone']).toBeNull();
  });

  test('is read again after a rejection that says what to leave out', async () => {
    const runId = await startRun(steward, { type, input: { userPrompt: story() } });
    const first = await untilAsked(steward, runId, 'approval');
    await steward.api.decideRequest({ requestId: first.id, decision: 'reject', comment: 'Leave out the landlord' });
    expect((await operationsOf(runId)).map((each) => each.title).join()).not.toContain('landlord');
    await approve(steward, runId);
    expect(await untilEnded(steward, runId)).toMatchObject({ result: { revisions: 2, tasks: 1 } });
    await expectSound(steward, runId);
  });

  test('in German, as answers of a form, is read as well', async () => {
    const context = {
      beruf: 'Ich bin Lehrerin.',
      ziele: 'Ich möchte das Schulfest organisieren.',
      projekte: `Schulgarten ${Date.now().toString(36)}`,
    };
    const runId = await startRun(steward, { type, input: { context }, options: { autoExecute: true } });
    expect(await untilEnded(steward, runId)).toMatchObject({ status: 'completed', result: { projects: 1 } });
    expect((await steward.api.getUserContext())['goals_overview']).toContain('Schulfest');
  });

  test('that says nothing of them ends with nothing to do', async () => {
    const run = await untilEnded(steward, await startRun(steward, { type, input: { userPrompt: 'Hello there!' } }));
    expect(run).toMatchObject({ status: 'completed', proposals: [], result: { decision: 'nothing_to_do' } });
  });
});

describe('wrong input', () => {
  test('is refused with the way out', async () => {
    const refused: unknown = await steward.api.startRun({ type, input: {} }).catch((error: unknown) => error);
    expect(JSON.stringify(refused)).toMatch(/userPrompt.*context/);
  });
});

describe('a model', () => {
  test('that puts words into their mouth is shown its fault and asked again', async () => {
    const field = { field: 'background', text: 'Rich', quote: 'I own three banks' };
    const invented = JSON.stringify({
      fields: [field],
      timeZone: null,
      workingHours: null,
      questions: [],
      reasoning: '',
    });
    const answers = ['Nice to meet you.', invented];
    steward.proxy.setFaults((call): Fault => {
      const content = call.operation.endsWith('profile') ? answers.shift() : undefined;
      return content === undefined ? { kind: 'pass' } : { kind: 'content', content };
    });
    const run = await untilEnded(
      steward,
      await startRun(steward, { type, input: { userPrompt: story() }, options: { autoExecute: true } }),
    );
    expect(run.steps.find((step) => step.name === 'profile')).toMatchObject({ status: 'completed', retries: 2 });
    expect((await steward.api.getUserContext())['background']).not.toContain('Rich');
    await expectSound(steward, run.id);
  });
});
