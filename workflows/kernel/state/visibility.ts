import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { committedUsd } from '../../../src/contract/budget.ts';
import { isFinished } from '../../../src/contract/run.ts';
import type { RunStatus, WaitingOn } from '../../../src/contract/run.ts';
import { record } from './changes.ts';
import type { RunContext } from './context.ts';
import { commandLines, describeRequest } from './request-text.ts';
import { openRequests } from './run-state.ts';
import type { OpenRequest, RunState } from './run-state.ts';

const statusKey = defineSearchAttributeKey('StewardStatus', 'KEYWORD');
const phaseKey = defineSearchAttributeKey('StewardPhase', 'KEYWORD');
const waitingKey = defineSearchAttributeKey('StewardWaitingOn', 'KEYWORD');
const costKey = defineSearchAttributeKey('StewardCostUsd', 'DOUBLE');
const typeKey = defineSearchAttributeKey('StewardType', 'KEYWORD');
const userKey = defineSearchAttributeKey('StewardUser', 'KEYWORD');
const projectKey = defineSearchAttributeKey('StewardProject', 'KEYWORD');

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function whatFor({ retry, ...state }: RunState): WaitingOn | null {
  const [request] = openRequests(state);
  if (request !== undefined) {
    const { kind, requestId: id, openedAtMs, deadlineMs } = request;
    return { kind, id, since: new Date(openedAtMs).toISOString(), deadline: iso(deadlineMs) };
  }
  if (retry === undefined) return null;
  return { kind: 'timer', id: retry.timerId, since: new Date(retry.sinceMs).toISOString(), deadline: iso(retry.dueMs) };
}

/** Derives status and `waitingOn` from what is open, and tells everyone when they changed. */
export function refreshStatus(context: RunContext, reason: string | null = null): void {
  const { state } = context;
  if (isFinished(state.status)) return;
  const waitingOn = whatFor(state);
  const waiting: RunStatus = waitingOn === null ? 'running' : 'waiting';
  const status = state.paused === null ? waiting : 'paused';
  const same =
    status === state.status &&
    waitingOn?.id === state.waitingOn?.id &&
    waitingOn?.deadline === state.waitingOn?.deadline;
  if (same) return;
  state.status = status;
  state.waitingOn = waitingOn;
  record(context, { type: 'run.status', status, waitingOn, reason });
  show(context);
}

/** Marks who and what the run is about, once it is admitted. */
export function showIdentity(context: RunContext): void {
  const { state } = context;
  const { run } = state.admitted;
  upsertSearchAttributes([
    { key: typeKey, value: run.type },
    { key: userKey, value: run.userId },
    ...(state.admitted.projectId === null ? [] : [{ key: projectKey, value: state.admitted.projectId }]),
    { key: statusKey, value: state.status },
  ]);
}

/** Brings search attributes and the current details of Temporal's Web UI up to date. */
export function show(context: RunContext): void {
  const { state } = context;
  upsertSearchAttributes([
    { key: statusKey, value: state.status },
    { key: phaseKey, value: state.phase },
    { key: waitingKey, value: state.waitingOn?.kind ?? null },
    { key: costKey, value: committedUsd(state.ledger) },
  ]);
  const details = describe(context);
  if (details === context.shownDetails) return;
  context.shownDetails = details;
  setCurrentDetails(details);
}

function describe(context: RunContext): string {
  const { state } = context;
  const head = `**${state.admitted.name}**\n\nStatus **${state.status}** · phase **${state.phase ?? '–'}** · $${committedUsd(state.ledger).toFixed(4)}`;
  const { workflowId } = workflowInfo();
  const attempt =
    state.attempt === undefined ? [] : [`Attempt ${state.attempt} of ${state.admitted.attempts?.maxAttempts ?? 1}`];
  return [head, ...attempt, ...openRequests(state).map((request) => describeRequest(request, workflowId))].join('\n\n');
}

/** Shell commands that answer a request, by Temporal's own CLI and by Steward's. */
export function answerCommands(request: OpenRequest): readonly string[] {
  return commandLines(request, workflowInfo().workflowId);
}
