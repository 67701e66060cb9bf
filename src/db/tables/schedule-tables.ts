import type { JsonObject } from '../../contract/json.ts';
import type { CatchUp, Overlap, ScheduleStatus } from '../../contract/recurrence.ts';
import type {
  Default,
  DefaultJsonColumn,
  DefaultTimestamp,
  JsonColumn,
  Nullable,
  NullableTimestamp,
} from './columns.ts';

/** What is started again and again, and when (B15). `next_at` is set for an active schedule and for no other. */
export interface RunSchedulesTable {
  id: Default<string>;
  user_id: string;
  name: string;
  workflow_type: string;
  input: JsonColumn<JsonObject>;
  options: DefaultJsonColumn<JsonObject>;
  budget: DefaultJsonColumn<JsonObject>;
  priority: Default<number>;
  max_attempts: Default<number>;
  cron: string;
  time_zone: string;
  from_at: NullableTimestamp;
  until_at: NullableTimestamp;
  overlap: Default<Overlap>;
  catch_up: Default<CatchUp>;
  status: Default<ScheduleStatus>;
  next_at: NullableTimestamp;
  last_run_at: NullableTimestamp;
  last_run_id: Nullable<string>;
  last_skipped_at: NullableTimestamp;
  last_error: Nullable<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}
