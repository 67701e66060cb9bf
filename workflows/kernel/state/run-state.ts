import type { ToolCallOutline } from '../../../activities/model/api.ts';
import type { AdmitResult } from '../../../activities/records/api.ts';
import { openLedger } from '../../../src/contract/budget.ts';
import type { BudgetLedger, Reservation } from '../../../src/contract/budget.ts';
import type { RunChange } from '../../../src/contract/events.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { CarriedOperations, Decision } from '../../../src/contract/proposal.ts';
import type { Answers, DeadlinePolicy, Question, RequestKind } from '../../../src/contract/request.ts';
import type { RunStatus, WaitingOn } from '../../../src/contract/run.ts';
import type { CallCost, StepRef } from '../../../src/contract/step.ts';

/** Who resolved a request, and by which message. */
export type Sender = { readonly by: string; readonly messageId?: string };

/** How a request ended. A person's words win over the deadline's. */
export type Resolution =
  | ({ readonly kind: 'answers'; readonly answers: Answers } & Sender)
  | ({ readonly kind: 'decision'; readonly decision: Decision } & Sender)
  | { readonly kind: 'expired' }
  | ({ readonly kind: 'settled' } & Sender);

/** A request the run waits for. Times in epoch ms; they move when the run is paused. */
export type OpenRequest = {
  readonly requestId: string;
  readonly stepKey: string;
  readonly kind: RequestKind;
  readonly title: string;
  readonly questions: readonly Question[];
  readonly proposalId: string | null;
  readonly digest: string | null;
  readonly outlines: CarriedOperations;
  readonly openedAtMs: number;
  readonly timeoutMs: number | null;
  readonly onDeadline: DeadlinePolicy;
  deadlineMs: number | null;
  remindAtMs: number | null;
  resolution: Resolution | null;
};

/** The result of a finished step, so that a continued run passes over it. */
export type Memo = { readonly number: number; readonly value: Json };

export type StepLine = {
  readonly number: number;
  readonly type: string;
  readonly name: string;
  readonly title: string;
  readonly phase: string;
  readonly status: string;
  readonly model: string | null;
  readonly costUsd: number | null;
  readonly tokens: number;
};

/** Digests of a tool call and its result. */
export type CallTrace = { readonly call: string; readonly result: string };

/** An agent loop between two of its steps; its transcript is in the database. */
export type LoopState = {
  readonly turn: number;
  /** Calls of the current turn that are still to be made. */
  readonly calls: readonly ToolCallOutline[];
  /** The latest calls, newest last, to notice repetition and standstill. */
  readonly recent: readonly CallTrace[];
  /** Turns one after the other that ended with no valid result and no call. */
  readonly repairs: number;
  /** What the latest turn expects the next one to need. */
  readonly expected: Reservation | null;
};

/** Everything a run is: JSON, and all of it carried when the run continues as new. */
export type RunState = {
  admitted: AdmitResult;
  /** False until the run is registered: nothing is written before. */
  registered: boolean;
  readonly startedAtMs: number;
  status: RunStatus;
  phase: string | null;
  waitingOn: WaitingOn | null;
  paused: { readonly sinceMs: number; readonly reason: string | null } | null;
  stopping: { readonly reason: string | null } | null;
  ledger: BudgetLedger;
  stepCount: number;
  memo: Record<string, Memo>;
  /** Steps that wait for a person, by step key: a continued run takes them up again under the same number. */
  waitingSteps: Record<string, StepRef>;
  requests: Record<string, OpenRequest>;
  /** Proposals being applied: taken back if the run is cancelled before they are through. */
  halfDone: readonly string[];
  loops: Record<string, LoopState>;
  lines: readonly StepLine[];
  seenMessages: readonly string[];
  changeCount: number;
  pending: readonly RunChange[];
  /** Which attempt of the run this is; left out in the first one. */
  attempt?: number;
  /** The wait for the next attempt, while the run is in it. */
  retry?: { readonly timerId: string; readonly sinceMs: number; readonly dueMs: number };
  /** What failed tries of steps have cost, by step key: settled already, and not to be counted again. */
  paid?: Readonly<Record<string, CallCost>>;
};

// What queries can show without the database; older ones are in Postgres.
const keptLines = 200;

/** A run before it is admitted: it can be asked and told things already. */
export function openState(admitted: AdmitResult, nowMs: number): RunState {
  return {
    admitted,
    registered: false,
    startedAtMs: nowMs,
    status: 'running',
    phase: null,
    waitingOn: null,
    paused: null,
    stopping: null,
    ledger: openLedger(admitted.limits),
    stepCount: 0,
    memo: {},
    waitingSteps: {},
    requests: {},
    halfDone: [],
    loops: {},
    lines: [],
    seenMessages: [],
    changeCount: 0,
    pending: [],
  };
}

/** Adds a step's line, or replaces it by its newer one. */
export function putLine(state: RunState, line: StepLine): void {
  state.lines = [...state.lines.filter((one) => one.number !== line.number), line].slice(-keptLines);
}

/** Requests without a resolution, oldest first. */
export function openRequests(state: RunState): readonly OpenRequest[] {
  return Object.values(state.requests)
    .filter((request) => request.resolution === null)
    .sort((a, b) => a.openedAtMs - b.openedAtMs);
}

/** Moves deadlines and reminders by the time a run was paused. */
export function shiftDeadlines(state: RunState, pausedMs: number): void {
  for (const request of openRequests(state)) {
    if (request.deadlineMs !== null) request.deadlineMs += pausedMs;
    if (request.remindAtMs !== null) request.remindAtMs += pausedMs;
  }
}
