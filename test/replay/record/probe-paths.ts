import { signal, startRun, until, untilAsked, untilEnded } from '../../support/runs.ts';
import { recordsOf } from '../../support/sound-run.ts';
import type { Path } from './path.ts';
import type { TestSteward } from '../../support/steward.ts';

/** Reads twice side by side, writes with consent, asks for a tool that there isn't, and finishes. */
async function agent(steward: TestSteward): Promise<string> {
  const turns = [
    [
      { name: 'list_tasks', arguments: {} },
      { name: 'search_notes', arguments: { text: 'roses' } },
    ],
    [{ name: 'create_note', arguments: { title: 'Roses', content: 'Cut them in March.' } }],
    [{ name: 'create_note', arguments: { title: 'Beans', content: 'Water them.' } }],
    [{ name: 'launch_rocket', arguments: {} }],
    [{ name: 'finish', arguments: { result: 'done' } }],
  ];
  let turn = 0;
  steward.proxy.setFaults(() => {
    turn += 1;
    return { kind: 'calls', text: `Turn ${turn}.`, calls: turns[turn - 1] ?? [] };
  });
  const input = {
    script: 'agent',
    goal: 'Look after the garden.',
    tools: ['list_tasks', 'search_notes', 'create_note'],
  };
  const runId = await startRun(steward, { type: 'probe', input });
  for (const [index, allow] of [true, false].entries()) {
    const request = await until('the agent asks', async () => {
      const open = await untilAsked(steward, runId, 'confirmation');
      return open.body?.includes(index === 0 ? 'Roses' : 'Beans') === true ? open : null;
    });
    await steward.api.answerRequest({ requestId: request.id, value: { allow } });
  }
  await untilEnded(steward, runId);
  steward.proxy.setFaults(() => ({ kind: 'pass' }));
  return runId;
}

async function twoQuestions(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, { type: 'probe', input: { script: 'questions' } });
  const items = await until('both are open', async () => {
    const page = await steward.api.listRequests({ runId, open: true });
    return page.items.length === 2 ? page.items : null;
  });
  for (const { id } of items) await steward.api.answerRequest({ requestId: id, value: 'red' });
  return runId;
}

async function budgetSideBySide(steward: TestSteward): Promise<string> {
  const input = { script: 'calls', calls: 6, parallel: true };
  const runId = await startRun(steward, { type: 'probe', input, budget: { maxCostUsd: 0.001, onExhausted: 'ask' } });
  const request = await untilAsked(steward, runId, 'budget');
  await steward.api.answerRequest({ requestId: request.id, value: { action: 'raise', amount: 1 } });
  return runId;
}

// As the prompt's section reads in the request's JSON, less the backslashes of its escapes.
const secondTurn = '"turn">n2n<';

/** A call fails once for all models; the run waits, is paused and resumed meanwhile, and does the rest. */
async function retried(steward: TestSteward): Promise<string> {
  let ill = true;
  steward.proxy.setFaults(({ body }) =>
    ill && body.replaceAll('\\', '').includes(secondTurn)
      ? { kind: 'content', content: 'Not today.' }
      : { kind: 'pass' },
  );
  const input = { script: 'calls', calls: 4, parallel: true };
  const runId = await startRun(steward, { type: 'probe', input, maxAttempts: 3 });
  await until('it waits for its second attempt', async () => {
    const run = await steward.api.getRun({ runId });
    return run.attempt === 2 && run.waitingOn?.kind === 'timer' ? true : null;
  });
  ill = false;
  await steward.api.pauseRun({ runId });
  await steward.api.resumeRun({ runId });
  await untilEnded(steward, runId);
  steward.proxy.setFaults(() => ({ kind: 'pass' }));
  return runId;
}

/** A proposal too long to be carried: a choice that is wrong, one that holds, and the rest applied. */
async function longProposal(steward: TestSteward): Promise<string> {
  const input = { script: 'apply', tasks: 600 };
  const runId = await startRun(steward, { type: 'probe', input, options: { requireConfirmation: true } });
  const request = await untilAsked(steward, runId, 'approval');
  await signal(steward, runId, { decide: { decision: 'approve', except: ['task-0'] } });
  await until('the wrong choice is noted', async () => {
    const events = await steward.api.listEvents({ runId, limit: 500 });
    return events.find(({ type }) => type === 'message.ignored') ?? null;
  });
  await steward.api.decideRequest({ requestId: request.id, decision: 'approve', except: ['task-7'] });
  await untilEnded(steward, runId);
  return runId;
}

async function nothingToDecide(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, { type: 'probe', input: { script: 'apply', tasks: -1 } });
  await untilEnded(steward, runId);
  return runId;
}

async function cancelWhileApplying(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward);
  const request = await untilAsked(steward, runId, 'approval');
  await steward.stopWorkers();
  await steward.startWorkers(['steward-runs', 'steward-records', 'steward-model']);
  await steward.api.decideRequest({ requestId: request.id, decision: 'approve' });
  await until('the records are there', async () => ((await recordsOf(steward, runId)).tasks.length > 0 ? true : null));
  await steward.api.cancelRun({ runId });
  await steward.restartWorkers();
  return runId;
}

/** Paths of the kernel that no real type takes yet, by the type made for tests. */
export const probePaths: Readonly<Record<string, Path>> = {
  agent,
  'two-questions': twoQuestions,
  'budget-side-by-side': budgetSideBySide,
  retried,
  'long-proposal': longProposal,
  'nothing-to-decide': nothingToDecide,
};

export const applyingPaths: Readonly<Record<string, Path>> = { 'cancelled-while-applying': cancelWhileApplying };
