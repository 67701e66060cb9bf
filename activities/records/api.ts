import type { AttemptPolicy } from '../../src/contract/attempts.ts';
import type { BudgetLimits, Reservation } from '../../src/contract/budget.ts';
import type { RunChange } from '../../src/contract/events.ts';
import type { Json, JsonObject } from '../../src/contract/json.ts';
import type { Problem } from '../../src/contract/errors.ts';
import type { CarriedOperations, StoredChoice, WantedOperations } from '../../src/contract/proposal.ts';
import type { RequestTiming } from '../../src/contract/request.ts';
import type { CommonOptions, RunRef, StartArgument } from '../../src/contract/run.ts';
import type { StepRef } from '../../src/contract/step.ts';

export type AdmitParams = {
  readonly type: string;
  readonly workflowId: string;
  readonly temporalRunId: string;
  /** Used when the argument names none. */
  readonly fallbackRunId: string;
  readonly argument: StartArgument;
};

/** What the workflow needs to know of its own start; long texts of the input are cut, the row keeps them whole. */
export type AdmitResult = {
  readonly run: RunRef;
  readonly name: string;
  readonly projectId: string | null;
  readonly input: JsonObject;
  readonly options: CommonOptions & JsonObject;
  readonly limits: BudgetLimits;
  readonly contractVersion: number;
  readonly phases: readonly string[];
  readonly timing: RequestTiming;
  /** First reservation of each model call of the type: an estimate that the call itself corrects. */
  readonly reservations: Readonly<Record<string, Reservation>>;
  /** Left out for a run that has one attempt. */
  readonly attempts?: AttemptPolicy;
};

export type ProjectParams = { readonly run: RunRef; readonly changes: readonly RunChange[] };

export type ComputeParams = {
  readonly run: RunRef;
  readonly step: StepRef;
  /** A computation of the type. */
  readonly computation: string;
  readonly params: JsonObject;
  readonly changes: readonly RunChange[];
};
export type Computed = { readonly view: Json };

export type ProposeParams = {
  readonly run: RunRef;
  readonly step: StepRef;
  readonly draft: string;
  readonly params: JsonObject;
  readonly changes: readonly RunChange[];
};

export type Proposed = {
  readonly proposalId: string;
  readonly digest: string;
  readonly revision: number;
  readonly title: string;
  readonly summary: string;
  readonly outlines: CarriedOperations;
  readonly counts: Readonly<Record<string, number>>;
  /** How sure the draft is of all of it, 0 to 1; null when it does not say. */
  readonly confidence: number | null;
};

export type ApplyParams = {
  readonly run: RunRef;
  readonly step: StepRef;
  readonly proposalId: string;
  readonly digest: string;
  readonly accepted: readonly string[];
  /** Instead of `accepted`, of a proposal too long to be carried. */
  readonly choice?: StoredChoice;
  readonly changes: readonly RunChange[];
};

export type Applied = {
  readonly proposalId: string;
  readonly applied: number;
  readonly refused: number;
  /** The first of those that failed, at most a hundred. */
  readonly failed: readonly { readonly operationId: string; readonly error: string }[];
  /** How many failed; left out by older results, which list all of them. */
  readonly failedCount?: number;
  readonly counts: Readonly<Record<string, number>>;
};

export type UndoParams = { readonly run: RunRef; readonly proposalId: string; readonly reason: string };
export type Undone = {
  readonly proposalId: string;
  readonly undone: number;
  /** Operations whose target was changed since: left as they are, each with the reason; at most a hundred of them. */
  readonly kept: readonly { readonly operationId: string; readonly reason: string }[];
  /** How many were kept; left out by older results, which list all of them. */
  readonly keptCount?: number;
};

export type ChooseParams = {
  readonly run: RunRef;
  readonly proposalId: string;
  readonly wanted: WantedOperations & { readonly choiceId?: string };
};
export type Chosen =
  { readonly ok: true; readonly choice: StoredChoice } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Effects on Steward's own records. All on the task queue `steward-records`; `project` and `compute` run as local activities. */
export interface RecordsActivities {
  /** Checks the start against the type's contract and registers the run. Fails with `invalid_input`, field by field. */
  admit(params: AdmitParams): Promise<AdmitResult>;
  /** Writes changes of the workflow's state to rows and events; the same change twice is one. */
  project(params: ProjectParams): Promise<void>;
  /** Works something out by the type's pure code, and stores it as the step's output. */
  compute(params: ComputeParams): Promise<Computed>;
  /** Drafts a proposal by the type's pure code, and stores it with a digest. */
  propose(params: ProposeParams): Promise<Proposed>;
  /** Checks a choice among the operations of a proposal too long to be carried, and stores it. */
  choose(params: ChooseParams): Promise<Chosen>;
  /** Applies the accepted operations on records, each once: all in one transaction, of many some hundred in each. */
  applyOperations(params: ApplyParams): Promise<Applied>;
  /** Takes applied operations back, newest first. */
  undoOperations(params: UndoParams): Promise<Undone>;
}
