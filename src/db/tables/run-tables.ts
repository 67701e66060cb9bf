import type { JsonObject } from '../../contract/json.ts';
import type { DeadlinePolicy, Question, RequestKind, RequestStatus } from '../../contract/request.ts';
import type { BudgetSnapshot } from '../../contract/events.ts';
import type { RunOutcome, RunStatus, WaitingOn } from '../../contract/run.ts';
import type { PastEstimate } from '../../contract/estimate.ts';
import type { ModelChoice, StepStatus, StepType } from '../../contract/step.ts';
import type {
  Default,
  DefaultJsonColumn,
  DefaultTimestamp,
  JsonColumn,
  Nullable,
  NullableJsonColumn,
  NullableNumber,
  NullableTimestamp,
} from './columns.ts';

/** Runs, under the name and with the columns that the platform's other parts know (B14). */
export interface AgenticWorkflowsTable {
  id: Default<string>;
  user_id: string;
  workflow_type: string;
  status: Default<RunStatus>;
  input: JsonColumn<JsonObject>;
  output: NullableJsonColumn;
  current_step: Default<number>;
  total_steps: Nullable<number>;
  step_history: DefaultJsonColumn;
  state: DefaultJsonColumn<JsonObject>;
  variables: DefaultJsonColumn<JsonObject>;
  total_tokens: Default<number>;
  total_cost_usd: Default<number>;
  queue_job_id: Nullable<string>;
  error_message: Nullable<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
  started_at: NullableTimestamp;
  completed_at: NullableTimestamp;
  name: Default<string>;
  phase: Nullable<string>;
  /** 1 is the most urgent, 10 the least. */
  priority: Default<number>;
  waiting_on: NullableJsonColumn<WaitingOn>;
  options: DefaultJsonColumn<JsonObject>;
  budget: NullableJsonColumn<BudgetSnapshot>;
  /** Temporal's workflow id. */
  workflow_id: Nullable<string>;
  temporal_run_id: Nullable<string>;
  contract_version: Nullable<number>;
  project_id: Nullable<string>;
  parent_run_id: Nullable<string>;
  error_code: Nullable<string>;
  error_details: NullableJsonColumn;
  outcome: Nullable<RunOutcome>;
  summary: Nullable<string>;
  dedup_key: Nullable<string>;
  /** Idempotency key of the start, per user. */
  start_key: Nullable<string>;
  scheduled_for: NullableTimestamp;
  paused_at: NullableTimestamp;
  epochs: DefaultJsonColumn;
  /** Last number given in `run_events`. */
  event_seq: Default<number>;
  /** Sequence of the last change of the workflow that was written. */
  state_seq: Default<number>;
  started_by: Nullable<string>;
  /** What past runs of the type took, as it was known when the run was created. */
  estimate: NullableJsonColumn<PastEstimate>;
  /** Which try of the run this is, from 1. */
  attempt: Default<number>;
  max_attempts: Default<number>;
}

export interface AgenticWorkflowStepsTable {
  id: Default<string>;
  workflow_id: string;
  step_number: number;
  step_type: StepType;
  input: JsonColumn;
  output: NullableJsonColumn;
  reasoning: Nullable<string>;
  status: Default<StepStatus>;
  started_at: NullableTimestamp;
  completed_at: NullableTimestamp;
  model_used: Nullable<string>;
  tokens_used: Nullable<number>;
  cost_usd: NullableNumber;
  error_message: Nullable<string>;
  retry_count: Default<number>;
  created_at: DefaultTimestamp;
  user_id: string;
  name: Default<string>;
  path: Default<string>;
  phase: Nullable<string>;
  title: Default<string>;
  slot: Nullable<string>;
  iteration: Default<number>;
  provider: Nullable<string>;
  prompt_digest: Nullable<string>;
  facts_digest: Nullable<string>;
  prompt_tokens: Nullable<number>;
  completion_tokens: Nullable<number>;
  cached: Default<boolean>;
  unknown_cost: Default<boolean>;
  choice: NullableJsonColumn<ModelChoice>;
  view: NullableJsonColumn;
  state_seq: Default<number>;
}

export interface RunRequestsTable {
  id: Default<string>;
  run_id: string;
  user_id: string;
  kind: RequestKind;
  status: Default<RequestStatus>;
  title: string;
  body: Nullable<string>;
  questions: DefaultJsonColumn<readonly Question[]>;
  schema: NullableJsonColumn<JsonObject>;
  default_value: NullableJsonColumn;
  proposal_id: Nullable<string>;
  digest: Nullable<string>;
  deadline: NullableTimestamp;
  on_deadline: Default<DeadlinePolicy>;
  remind_at: NullableTimestamp;
  reminded_at: NullableTimestamp;
  answer: NullableJsonColumn;
  decision: Nullable<'approve' | 'reject'>;
  comment: Nullable<string>;
  answered_by: Nullable<string>;
  message_id: Nullable<string>;
  state_seq: Default<number>;
  created_at: DefaultTimestamp;
  closed_at: NullableTimestamp;
}

export interface RunContextTable {
  id: Default<string>;
  run_id: string;
  user_id: string;
  text: string;
  source: string;
  message_id: Nullable<string>;
  created_at: DefaultTimestamp;
}

export interface ArtifactsTable {
  id: Default<string>;
  run_id: string;
  user_id: string;
  step_number: Nullable<number>;
  name: string;
  mime_type: string;
  size_bytes: number;
  sha256: string;
  created_at: DefaultTimestamp;
}

export interface TranscriptsTable {
  run_id: string;
  user_id: string;
  path: string;
  position: number;
  message: JsonColumn<JsonObject>;
  tokens: Default<number>;
  created_at: DefaultTimestamp;
}
