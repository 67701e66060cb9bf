import type { JsonObject } from '../../contract/json.ts';
import type { ModelChoice } from '../../contract/step.ts';
import type { Operation, OperationStatus, ProposalNote, ProposalStatus } from '../../contract/proposal.ts';
import type {
  Default,
  DefaultJsonColumn,
  DefaultTimestamp,
  Given,
  Ids,
  JsonColumn,
  Nullable,
  NullableJsonColumn,
  NullableNumber,
  NullableTimestamp,
} from './columns.ts';

export interface ProposalsTable {
  id: Default<string>;
  run_id: string;
  user_id: string;
  name: string;
  revision: number;
  digest: string;
  status: Default<ProposalStatus>;
  title: string;
  summary: Default<string>;
  notes: DefaultJsonColumn<readonly ProposalNote[]>;
  undone_at: NullableTimestamp;
  created_at: DefaultTimestamp;
  decided_at: NullableTimestamp;
  applied_at: NullableTimestamp;
}

export interface ProposalOperationsTable {
  proposal_id: string;
  operation_id: string;
  position: number;
  user_id: string;
  kind: Operation['kind'];
  payload: JsonColumn<JsonObject>;
  title: string;
  reason: Default<string>;
  requires: Default<Ids>;
  before: NullableJsonColumn;
  status: Default<OperationStatus>;
  result: NullableJsonColumn;
  undo: NullableJsonColumn;
  error: Nullable<string>;
}

/** What a person leaves out of a proposal too long to be carried by a workflow. */
export interface ProposalChoicesTable {
  id: string;
  user_id: string;
  proposal_id: string;
  refused: Ids;
  created_at: DefaultTimestamp;
}

export interface EffectsTable {
  key: string;
  run_id: string;
  user_id: string;
  step_number: Nullable<number>;
  name: string;
  request_hash: string;
  status: Default<'started' | 'done' | 'unknown' | 'failed'>;
  attempt: number;
  result: NullableJsonColumn;
  error: NullableJsonColumn;
  started_at: DefaultTimestamp;
  finished_at: NullableTimestamp;
}

/** A cost is null when nobody knows it. */
export interface LlmUsageLogsTable {
  id: Default<string>;
  user_id: string;
  operation_type: string;
  model_requested: string;
  model_used: string;
  provider: Nullable<string>;
  prompt_tokens: Default<number>;
  completion_tokens: Default<number>;
  total_tokens: Default<number>;
  input_cost_usd: NullableNumber;
  output_cost_usd: NullableNumber;
  total_cost_usd: NullableNumber;
  response_time_ms: Default<number>;
  status: 'success' | 'error' | 'timeout' | 'unknown' | 'invalid';
  created_at: DefaultTimestamp;
  run_id: Nullable<string>;
  step_number: Nullable<number>;
  /** Key of the effect the attempt was made for. */
  effect_key: Nullable<string>;
  /** Most the attempt can have cost; counts while the outcome or the price is unknown. */
  bound_usd: Default<number>;
  bound_tokens: Default<number>;
  attempt: Default<number>;
  cached: Default<boolean>;
  request_hash: Nullable<string>;
  error: Nullable<string>;
  choice: NullableJsonColumn<ModelChoice>;
}

export interface ModelAnswersTable {
  cache_key: string;
  user_id: string;
  model: string;
  answer: JsonColumn;
  usage: JsonColumn<JsonObject>;
  created_at: DefaultTimestamp;
}

export interface RunEventsTable {
  id: Given<number>;
  run_id: string;
  user_id: string;
  /** Per run, without gaps, from 1. */
  seq: number;
  change_key: string;
  type: string;
  data: JsonColumn<JsonObject>;
  /** Id of the inserting transaction, as decimal digits. */
  xact: Given<string>;
  created_at: DefaultTimestamp;
}

export interface OutboxTable {
  id: Given<number>;
  /** Null for a message that is about no run. */
  run_id: Nullable<string>;
  user_id: string;
  kind: string;
  payload: JsonColumn<JsonObject>;
  created_at: DefaultTimestamp;
  attempts: Default<number>;
  next_attempt_at: DefaultTimestamp;
  last_error: Nullable<string>;
  done_at: NullableTimestamp;
}
