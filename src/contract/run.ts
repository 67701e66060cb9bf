import type { JsonObject } from './json.ts';
import { requestKinds } from './request.ts';

/** Where a run stands. `waiting` always says on what (`WaitingOn`); waiting for a review is never a failure. */
export const runStatuses = ['queued', 'running', 'waiting', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const finishedStatuses = ['completed', 'failed', 'cancelled'] as const satisfies readonly RunStatus[];

export const waitingKinds = [...requestKinds, 'timer', 'child', 'worker'] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/** What lists of runs take: a kind, or `person` for every kind that somebody has to answer. */
export const waitingFilters = ['person', ...waitingKinds] as const;

/** What a waiting run waits on. `id` is the request's, timer's or child's id; times are ISO 8601 in UTC. */
export type WaitingOn = {
  readonly kind: WaitingKind;
  readonly id: string;
  readonly since: string;
  readonly deadline: string | null;
};

/** How a finished run ended, beyond its status: a `stopped` run left what it had finished, a `cancelled` one compensated. */
export type RunOutcome = 'completed' | 'rejected' | 'stopped' | 'cancelled' | 'failed';

/** Enough to name a run in an activity call. */
export type RunRef = { readonly runId: string; readonly userId: string; readonly type: string };

/** What every workflow type accepts beside its own options (B12). Costs in USD. */
export type CommonOptions = {
  readonly maxSteps?: number | undefined;
  readonly maxCost?: number | undefined;
  readonly autoExecute?: boolean | undefined;
  readonly requireConfirmation?: boolean | undefined;
};

/**
 * The argument of every workflow: what `temporal workflow start --input` carries. A run started through the gateway is
 * registered already and sends only `runId`; its input is read from its row, so no long text enters the history.
 */
export type StartArgument = {
  readonly runId?: string;
  readonly userId?: string;
  readonly name?: string;
  readonly input?: JsonObject;
  readonly options?: JsonObject;
  readonly budget?: JsonObject;
  /** 1 to 10; 1 when left out. */
  readonly maxAttempts?: number;
};

/** Whether an error or a message can still reach the run. */
export function isFinished(status: RunStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/**
 * Whether a proposal needs a person. `requireConfirmation: true` always asks; `autoExecute: true` skips the question
 * unless confirmation is required; with neither, Steward asks (B12).
 */
export function needsConfirmation(options: CommonOptions): boolean {
  return options.requireConfirmation === true || options.autoExecute !== true;
}
