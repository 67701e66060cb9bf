import { condition, uuid4 } from '@temporalio/workflow';
import type { RequestOpened } from '../../../src/contract/events.ts';
import { defaultAnswers } from '../../../src/contract/request.ts';
import type { Question, RequestKind, RequestTiming } from '../../../src/contract/request.ts';
import { runFailure, StopRequested } from '../failures.ts';
import { flush, record } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import type { OpenRequest, Resolution } from '../state/run-state.ts';
import { refreshStatus } from '../state/visibility.ts';
import { forget, resolve, withdraw } from './resolve.ts';
import { continueRun, isEnding, mayContinue } from '../steps/border.ts';

export type RequestSpec = {
  readonly stepKey: string;
  readonly kind: RequestKind;
  readonly title: string;
  readonly body: string | null;
  readonly questions: readonly Question[];
  readonly timing: RequestTiming;
};

/** The proposal that an approval is about. */
type Subject = Pick<OpenRequest, 'proposalId' | 'digest' | 'outlines'>;

const noProposal: Subject = { proposalId: null, digest: null, outlines: [] };

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function addRequest(context: RunContext, spec: RequestSpec, subject: Subject): OpenRequest {
  const { timeoutMs, remindAfterMs, onDeadline } = spec.timing;
  const now = Date.now();
  const request: OpenRequest = {
    requestId: uuid4(),
    stepKey: spec.stepKey,
    kind: spec.kind,
    title: spec.title,
    questions: spec.questions,
    ...subject,
    openedAtMs: now,
    timeoutMs,
    onDeadline,
    deadlineMs: timeoutMs === null ? null : now + timeoutMs,
    remindAtMs: remindAfterMs === null ? null : now + remindAfterMs,
    resolution: null,
  };
  context.state.requests[request.requestId] = request;
  return request;
}

/**
 * Opens a request and tells the world, in this order: nobody can see and answer a request that the run does not know of
 * yet, so no answer comes too early.
 */
export function openRequest(context: RunContext, spec: RequestSpec, subject: Subject = noProposal): OpenRequest {
  const request = addRequest(context, spec, subject);
  record(context, { type: 'request.opened', request: opened(request, spec.body) });
  refreshStatus(context);
  return request;
}

function opened(request: OpenRequest, body: string | null): RequestOpened {
  const { requestId, kind, title, questions, proposalId, digest, onDeadline } = request;
  return {
    requestId,
    kind,
    title,
    body,
    questions,
    proposalId,
    digest,
    onDeadline,
    deadline: iso(request.deadlineMs),
    remindAt: iso(request.remindAtMs),
  };
}

/** The open request of a waiting step, if an earlier execution of the run opened one. */
export function findRequest(context: RunContext, stepKey: string): OpenRequest | undefined {
  return Object.values(context.state.requests).find((request) => request.stepKey === stepKey);
}

/**
 * Waits until a request is resolved by a person or by its deadline. A pause holds the run here and moves the deadline; a
 * stop withdraws the request; a long history continues as new and waits on there.
 */
export async function waitForRequest(context: RunContext, request: OpenRequest): Promise<Resolution> {
  const { state } = context;
  for (;;) {
    await flush(context);
    if (isEnding(context)) {
      withdraw(context, request);
      throw new StopRequested(state.stopping?.reason ?? null);
    }
    if (state.paused !== null && !mayContinue(context)) {
      await condition(
        () => state.paused === null || isEnding(context) || state.pending.length > 0 || mayContinue(context),
      );
      continue;
    }
    if (state.paused === null && request.resolution !== null) break;
    if (mayContinue(context)) await continueRun(context);
    await untilSomethingHappens(context, request);
  }
  forget(context, request);
  return request.resolution;
}

async function untilSomethingHappens(context: RunContext, request: OpenRequest): Promise<void> {
  const { state } = context;
  const happened = (): boolean =>
    request.resolution !== null ||
    isEnding(context) ||
    state.paused !== null ||
    state.pending.length > 0 ||
    mayContinue(context);
  const dueMs = [request.remindAtMs, request.deadlineMs].filter((ms) => ms !== null);
  if (dueMs.length === 0) {
    await condition(happened);
    return;
  }
  const inTime = await condition(happened, Math.max(1, Math.min(...dueMs) - Date.now()));
  if (!inTime) passTime(context, request);
}

function passTime(context: RunContext, request: OpenRequest): void {
  const now = Date.now();
  if (request.deadlineMs !== null && now >= request.deadlineMs) passDeadline(context, request);
  else if (request.remindAtMs !== null && now >= request.remindAtMs) remind(context, request, false);
}

function remind(context: RunContext, request: OpenRequest, escalated: boolean): void {
  request.remindAtMs = null;
  record(context, {
    type: 'request.reminded',
    requestId: request.requestId,
    escalated,
    deadline: iso(request.deadlineMs),
  });
}

function passDeadline(context: RunContext, request: OpenRequest): void {
  if (request.onDeadline === 'escalate') {
    request.deadlineMs = Date.now() + (request.timeoutMs ?? 0);
    remind(context, request, true);
    refreshStatus(context);
    return;
  }
  resolve(context, request, request.onDeadline === 'default' ? defaultResolution(request) : { kind: 'expired' });
}

function defaultResolution(request: OpenRequest): Resolution {
  if (request.kind === 'approval') {
    const decision = {
      kind: 'reject',
      operations: [],
      comment: 'Nobody decided before the deadline.',
      by: 'auto',
    } as const;
    return { kind: 'decision', decision, by: 'deadline' };
  }
  const answers = defaultAnswers(request.questions);
  return answers === null ? { kind: 'expired' } : { kind: 'answers', answers, by: 'deadline' };
}

/** Fails the run: nobody answered, and the request's policy is to fail. */
export function expired(request: { readonly title: string; readonly requestId: string }): Error {
  return runFailure('request_expired', `Nobody answered "${request.title}" before its deadline.`, {
    requestId: request.requestId,
  });
}
