import type { BudgetLedger } from './budget.ts';
import type { Json } from './json.ts';
import type { StoredChoice } from './proposal.ts';
import type { DeadlinePolicy, Question, RequestKind } from './request.ts';
import type { RunOutcome, RunStatus, WaitingOn } from './run.ts';
import type { CallCost, StepRef, StepStatus } from './step.ts';

export type BudgetSnapshot = Pick<BudgetLedger, 'limits' | 'spentUsd' | 'spentTokens' | 'unknownUsd' | 'steps'> & {
  readonly reservedUsd: number;
};

/** A request as it is opened: what is asked, for how long, and what stands at the deadline. Times are ISO 8601 UTC. */
export type RequestOpened = {
  readonly requestId: string;
  readonly kind: RequestKind;
  readonly title: string;
  readonly body: string | null;
  readonly questions: readonly Question[];
  readonly proposalId: string | null;
  readonly digest: string | null;
  readonly deadline: string | null;
  readonly remindAt: string | null;
  readonly onDeadline: DeadlinePolicy;
};

/**
 * What happened to a run, as the workflow tells it. A change is written to its rows and to `run_events` once (by its
 * key), carried by whichever activity runs next.
 */
export type RunEvent =
  | {
      readonly type: 'run.status';
      readonly status: RunStatus;
      readonly waitingOn: WaitingOn | null;
      readonly reason: string | null;
    }
  | {
      readonly type: 'run.retrying';
      /** The attempt that begins at `at`, from 2 on. */
      readonly attempt: number;
      readonly maxAttempts: number;
      readonly at: string;
      readonly errorCode: string;
      readonly errorMessage: string;
      readonly errorDetails: Json;
    }
  | { readonly type: 'run.phase'; readonly phase: string }
  | { readonly type: 'step.started'; readonly step: StepRef; readonly input: Json }
  | {
      readonly type: 'step.finished';
      readonly step: StepRef;
      readonly status: Exclude<StepStatus, 'pending' | 'running'>;
      readonly output: Json;
      readonly reasoning: string | null;
      readonly cost: CallCost | null;
      readonly error: string | null;
    }
  | { readonly type: 'request.opened'; readonly request: RequestOpened }
  | {
      readonly type: 'request.reminded';
      readonly requestId: string;
      readonly escalated: boolean;
      readonly deadline: string | null;
    }
  | {
      readonly type: 'request.closed';
      readonly requestId: string;
      readonly status: 'answered' | 'expired' | 'withdrawn';
      readonly answer: Json;
      readonly comment: string | null;
      readonly by: string;
      /** Of the message that closed it; left out when none did, or one without an id. */
      readonly messageId?: string;
    }
  | {
      readonly type: 'proposal.decided';
      readonly proposalId: string;
      readonly decision: 'approve' | 'reject';
      readonly accepted: readonly string[];
      /** Instead of `accepted`, of a proposal too long to be carried. */
      readonly choice?: StoredChoice;
      readonly comment: string | null;
      readonly by: string;
    }
  | { readonly type: 'proposal.withdrawn'; readonly proposalId: string; readonly reason: string }
  | { readonly type: 'budget.changed'; readonly budget: BudgetSnapshot; readonly reason: string }
  | {
      readonly type: 'context.added';
      readonly contextId: string;
      readonly text: string | null;
      readonly source: string;
    }
  | { readonly type: 'message.ignored'; readonly message: string; readonly reason: string }
  | { readonly type: 'log'; readonly level: 'info' | 'warning'; readonly text: string }
  | {
      readonly type: 'run.finished';
      readonly status: 'completed' | 'failed' | 'cancelled';
      readonly outcome: RunOutcome;
      readonly result: Json;
      readonly errorCode: string | null;
      readonly errorMessage: string | null;
      readonly errorDetails: Json;
      readonly budget: BudgetSnapshot;
    };

/** Event types that activities add by themselves, beside those of the workflow. */
export type ActivityEventType =
  | 'model.attempt'
  | 'proposal.opened'
  | 'operations.applied'
  | 'operations.progress'
  | 'proposal.undone'
  | 'artifact.added'
  | 'run.created'
  | 'run.admitted';

/** `key` is unique in a run and the same on every retry; `sequence` orders the workflow's own changes. */
export type RunChange = {
  readonly key: string;
  readonly sequence: number;
  readonly at: string;
  readonly event: RunEvent;
};
