import type { Json } from '../../../src/contract/json.ts';
import type { RequestView } from '../../../src/contract/views.ts';
import { approve, startRun, untilAsked } from '../../support/runs.ts';
import type { TestSteward } from '../../support/steward.ts';
import type { Path } from './path.ts';

const oneLiner = { input: { userPrompt: 'Organize a reading evening' } };
const tight = { maxCostUsd: 0.02 } as const;

async function answerAll(steward: TestSteward, request: RequestView): Promise<void> {
  const given: Readonly<Record<RequestView['questions'][number]['kind'], Json>> = {
    text: 'invite guests, choose a book, cook soup',
    date: '2099-05-01',
    number: 12,
    boolean: true,
    choice: '',
  };
  const value = Object.fromEntries(request.questions.map((one) => [one.key, one.default ?? given[one.kind]]));
  await steward.api.answerRequest({ requestId: request.id, value });
}

async function approveInPart(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward);
  const request = await untilAsked(steward, runId, 'approval');
  await steward.api.decideRequest({
    requestId: request.id,
    decision: 'approve',
    operations: ['project', 'phase-1', 'task-1'],
  });
  return runId;
}

async function clarify(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, oneLiner);
  await answerAll(steward, await untilAsked(steward, runId, 'clarification'));
  await approve(steward, runId);
  return runId;
}

async function reviseAfterRejection(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward);
  const request = await untilAsked(steward, runId, 'approval');
  await steward.api.decideRequest({ requestId: request.id, decision: 'reject', comment: 'Leave out the painting' });
  await approve(steward, runId);
  return runId;
}

async function pauseAndResume(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward);
  await untilAsked(steward, runId, 'approval');
  await steward.api.pauseRun({ runId, reason: 'lunch' });
  await steward.api.addContext({ runId, text: 'The room is on the second floor.' });
  await steward.api.resumeRun({ runId });
  await approve(steward, runId);
  return runId;
}

async function askForBudget(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward, { budget: { ...tight, onExhausted: 'ask' } });
  const request = await untilAsked(steward, runId, 'budget');
  await steward.api.answerRequest({ requestId: request.id, value: { action: 'raise', amount: 5 } });
  await approve(steward, runId);
  return runId;
}

async function abortOnBudget(steward: TestSteward): Promise<string> {
  return await startRun(steward, { budget: { ...tight, onExhausted: 'abort' } });
}

async function cancelWhileWaiting(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward);
  await untilAsked(steward, runId, 'approval');
  await steward.api.cancelRun({ runId });
  return runId;
}

async function stopWhileWaiting(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward);
  await untilAsked(steward, runId, 'approval');
  await steward.api.stopRun({ runId, reason: 'enough' });
  return runId;
}

async function executeWithoutAsking(steward: TestSteward): Promise<string> {
  return await startRun(steward, { options: { autoExecute: true } });
}

async function letItExpire(steward: TestSteward): Promise<string> {
  const runId = await startRun(steward);
  await untilAsked(steward, runId, 'approval');
  return runId;
}

/** Paths of `project_planning` on a Steward with priced models. */
export const planningPaths: Readonly<Record<string, Path>> = {
  'approved-in-part': approveInPart,
  clarification: clarify,
  'rejection-and-revision': reviseAfterRejection,
  'pause-and-resume': pauseAndResume,
  'budget-asked-and-raised': askForBudget,
  'budget-aborted': abortOnBudget,
  cancelled: cancelWhileWaiting,
  stopped: stopWhileWaiting,
  'auto-executed': executeWithoutAsking,
};

/** The path of a run that nobody answers: on a Steward whose requests expire at once. */
export const expiringPaths: Readonly<Record<string, Path>> = { 'request-expired': letItExpire };
