import type { PastEstimate } from './estimate.ts';
import type { BudgetSnapshot } from './events.ts';
import type { Json, JsonObject } from './json.ts';
import type { OperationStatus, ProposalNote, ProposalStatus } from './proposal.ts';
import type { DeadlinePolicy, Question, RequestKind, RequestStatus } from './request.ts';
import type { RunOutcome, RunStatus, WaitingOn } from './run.ts';
import type { ModelChoice, StepStatus } from './step.ts';

/** Answers of the API: what people and programs see of runs. Times are ISO 8601 in UTC, costs in USD. */
export type RunView = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly outcome: RunOutcome | null;
  readonly phase: string | null;
  readonly waitingOn: WaitingOn | null;
  readonly projectId: string | null;
  readonly priority: number;
  readonly budget: BudgetSnapshot | null;
  readonly totalTokens: number;
  readonly totalCostUsd: number;
  readonly currentStep: number;
  /** Which try of the run this is, from 1; one that waits to be tried again has begun its next one. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Why it failed; of a run that waits to be tried again, why it has to. */
  readonly error: { readonly code: string; readonly message: string; readonly details: Json } | null;
  readonly dedupKey: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startAt: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
};

/** A run with what it was given and what came of it. */
export type RunRecord = RunView & {
  readonly input: JsonObject;
  readonly options: JsonObject;
  readonly result: Json;
};

export type RunDetail = RunRecord & {
  readonly phases: readonly {
    readonly name: string;
    readonly title: string;
    readonly state: 'pending' | 'current' | 'done';
    /** What it took so far. */
    readonly steps: number;
    readonly tokens: number;
    readonly costUsd: number;
    readonly unknownUsd: number;
    readonly seconds: number;
  }[];
  /** What past runs of the type took, as it was known when this one was created; null when there were none. */
  readonly estimate: PastEstimate | null;
  readonly steps: readonly StepView[];
  readonly requests: readonly RequestView[];
  readonly proposals: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: ProposalStatus;
    readonly digest: string;
  }[];
  readonly artifacts: readonly ArtifactView[];
  readonly links: { readonly temporal: string | null };
};

export type StepView = {
  readonly number: number;
  readonly type: string;
  readonly name: string;
  readonly title: string;
  readonly phase: string;
  readonly slot: string | null;
  readonly iteration: number;
  readonly status: StepStatus;
  readonly reasoning: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly tokens: number;
  /** Null when nobody knows. */
  readonly costUsd: number | null;
  readonly cached: boolean;
  /** Which model was asked last and why; null where none was (other steps, answers from the cache). */
  readonly choice: ModelChoice | null;
  readonly retries: number;
  readonly promptDigest: string | null;
  readonly factsDigest: string | null;
  readonly error: string | null;
  readonly input: Json;
  readonly output: Json;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
};

export type RequestView = {
  readonly id: string;
  readonly runId: string;
  readonly runName: string;
  readonly kind: RequestKind;
  readonly status: RequestStatus;
  readonly title: string;
  readonly body: string | null;
  readonly questions: readonly Question[];
  /** JSON Schema of the answer, for kinds that are answered. */
  readonly schema: JsonObject | null;
  readonly proposalId: string | null;
  readonly digest: string | null;
  readonly deadline: string | null;
  readonly onDeadline: DeadlinePolicy;
  readonly answer: Json;
  readonly decision: 'approve' | 'reject' | null;
  readonly comment: string | null;
  readonly createdAt: string;
  readonly closedAt: string | null;
};

export type OperationView = {
  readonly id: string;
  readonly position: number;
  readonly kind: string;
  readonly title: string;
  readonly reason: string;
  readonly requires: readonly string[];
  readonly payload: Json;
  readonly before: Json;
  readonly status: OperationStatus;
  readonly error: string | null;
};

export type ProposalView = {
  readonly id: string;
  readonly runId: string;
  readonly requestId: string | null;
  readonly revision: number;
  readonly digest: string;
  readonly status: ProposalStatus;
  readonly title: string;
  readonly summary: string;
  readonly notes: readonly ProposalNote[];
  /** How many operations it has, of each kind, and how many stand how. */
  readonly counts: Readonly<Record<string, number>>;
  readonly statuses: { readonly [Status in OperationStatus]?: number };
  readonly operationCount: number;
  /** A page of them, in their order. */
  readonly operations: readonly OperationView[];
  readonly nextCursor: string | null;
  readonly createdAt: string;
  readonly decidedAt: string | null;
  readonly appliedAt: string | null;
  readonly undoneAt: string | null;
};

export type EventView = {
  /** Per run, without gaps, from 1. */
  readonly seq: number;
  readonly runId: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly at: string;
  /** Position in the stream of all runs. */
  readonly cursor: string;
};

export type ArtifactView = {
  readonly id: string;
  readonly runId: string;
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly createdAt: string;
};

export type WorkflowTypeView = {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly phases: readonly { readonly name: string; readonly title: string }[];
  readonly inputSchema: JsonObject;
  readonly optionsSchema: JsonObject;
  readonly resultSchema: JsonObject;
  readonly examples: readonly JsonObject[];
  /** Learned from past runs of the type; null before the first. */
  readonly estimate: {
    readonly runs: number;
    readonly medianCostUsd: number;
    readonly medianTokens: number;
    readonly medianSeconds: number;
  } | null;
};
