import type { BudgetLimits } from '../contract/budget.ts';
import type { Estimate } from '../contract/estimate.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { MessageReceipt } from '../contract/messages.ts';
import type { RunStatus } from '../contract/run.ts';
import type {
  ArtifactView,
  EventView,
  ProposalView,
  RequestView,
  RunDetail,
  RunRecord,
  RunView,
  StepView,
  WorkflowTypeView,
} from '../contract/views.ts';

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

export type StartRun = {
  readonly type: string;
  readonly input: JsonObject;
  readonly options?: JsonObject;
  readonly budget?: JsonObject;
  readonly name?: string;
  /** 1 is the most urgent, 10 the least; 5 when left out. */
  readonly priority?: number;
  /** ISO 8601 with zone; the run is created now and starts then. */
  readonly startAt?: string;
  /** While a run of the same type with this key is not finished, starting again returns that run. */
  readonly dedupKey?: string;
  /** 1 to 10, 1 when left out: after a failure that another try could cure the run waits and is tried again. */
  readonly maxAttempts?: number;
};

export type RunFilter = {
  /** One of them, where there are several. */
  readonly status?: RunStatus | readonly RunStatus[];
  readonly type?: string;
  readonly projectId?: string;
  readonly waitingOn?: string;
  /** Leaves out what waits on this. */
  readonly notWaitingOn?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

/** `started` is false while Temporal is away: the run is kept and starts when it is back. */
export type StartedRun = { readonly run: RunView; readonly started: boolean; readonly created: boolean };
export type MessageOptions = { readonly messageId?: string };

/**
 * What anyone can do with runs: implemented over Temporal and the database by the gateway (`service.ts`), and over fetch
 * by `http-client.ts`. An object of this interface acts for one caller. Every method may throw `StewardError`.
 */
export interface RunsApi {
  listWorkflowTypes(): Promise<readonly WorkflowTypeView[]>;
  getWorkflowType(params: { readonly type: string }): Promise<WorkflowTypeView>;
  /** What a run of the type will probably take, by the caller's past runs; before the first by the size of the input. */
  getEstimate(params: { readonly type: string; readonly input?: JsonObject }): Promise<Estimate>;
  /** The same `messageId` again returns the run that it started (`created: false`). */
  startRun(params: StartRun & MessageOptions): Promise<StartedRun>;
  listRuns(filter: RunFilter): Promise<Page<RunView>>;
  /** The same with input, options and result of each. */
  listRunRecords(filter: RunFilter): Promise<Page<RunRecord>>;
  getRun(params: { readonly runId: string }): Promise<RunDetail>;
  listSteps(params: {
    readonly runId: string;
    readonly after?: number;
    readonly limit?: number;
  }): Promise<Page<StepView>>;
  pauseRun(params: { readonly runId: string; readonly reason?: string } & MessageOptions): Promise<MessageReceipt>;
  resumeRun(params: { readonly runId: string } & MessageOptions): Promise<MessageReceipt>;
  /** Ends the run at its next step border; what it finished stays. */
  stopRun(params: { readonly runId: string; readonly reason?: string } & MessageOptions): Promise<MessageReceipt>;
  /** Ends the run now and takes back what must not stay half done. */
  cancelRun(params: { readonly runId: string; readonly reason?: string } & MessageOptions): Promise<MessageReceipt>;
  /** A new run with the same type, input, options and budget. */
  retryRun(params: { readonly runId: string } & MessageOptions): Promise<StartedRun>;
  /** Runs again from a step on: later results are forgotten, model calls are paid again. */
  rerunFrom(params: { readonly runId: string; readonly fromStep: number; readonly reason?: string }): Promise<RunView>;
  addContext(params: { readonly runId: string; readonly text: string } & MessageOptions): Promise<MessageReceipt>;
  setBudget(params: { readonly runId: string } & Partial<BudgetLimits> & MessageOptions): Promise<MessageReceipt>;
  listRequests(filter: {
    readonly open?: boolean;
    readonly runId?: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<Page<RequestView>>;
  answerRequest(params: { readonly requestId: string; readonly value: Json } & MessageOptions): Promise<MessageReceipt>;
  decideRequest(params: DecideParams & MessageOptions): Promise<MessageReceipt>;
  /** A proposal with a page of its operations, 500 unless told, 1,000 at most. */
  getProposal(params: {
    readonly proposalId: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<ProposalView>;
  undoProposal(params: { readonly proposalId: string; readonly reason?: string }): Promise<UndoResult>;
  listArtifacts(params: { readonly runId: string }): Promise<readonly ArtifactView[]>;
  readArtifact(params: {
    readonly artifactId: string;
  }): Promise<{ readonly artifact: ArtifactView; readonly text: string }>;
  /** Past events after `afterSeq`, oldest first. Live ones come by `watchRun`. */
  listEvents(params: {
    readonly runId: string;
    readonly afterSeq?: number;
    readonly limit?: number;
  }): Promise<readonly EventView[]>;
  /** Events of one run, or of all of the caller's, from a position on, until `signal` aborts. */
  watchRun(params: {
    readonly runId: string;
    readonly afterSeq?: number;
    readonly signal: AbortSignal;
  }): AsyncIterable<EventView>;
  watchAll(params: { readonly after?: string; readonly signal: AbortSignal }): AsyncIterable<EventView>;
}

export type DecideParams = {
  readonly requestId: string;
  readonly decision: 'approve' | 'reject';
  /** What is accepted; all when left out. */
  readonly operations?: readonly string[];
  /** Instead: all but these and what needs them. */
  readonly except?: readonly string[];
  readonly comment?: string;
  readonly digest?: string;
};
export type UndoResult = {
  readonly proposalId: string;
  readonly undone: number;
  /** At most a hundred of them; the proposal shows all. */
  readonly kept: readonly { readonly operationId: string; readonly reason: string }[];
  readonly keptCount?: number;
};
