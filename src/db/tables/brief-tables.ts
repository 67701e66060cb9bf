import type { ProjectBrief } from '../../contract/operations/knowledge.ts';
import type { EventRole } from '../../contract/operations/tasks.ts';
import type { Default, DefaultJsonColumn, DefaultTimestamp, Nullable, NullableJsonColumn } from './columns.ts';

/** From which event a task came, or for which it is. Events are named by uid: a calendar may bring one in later. */
export interface TaskEventLinksTable {
  id: Default<string>;
  user_id: string;
  task_id: string;
  event_uid: string;
  /** The instance of a series; null for the event itself. */
  recurrence_id: Nullable<string>;
  role: EventRole;
  run_id: Nullable<string>;
  created_at: DefaultTimestamp;
}

export interface DailyBriefsTable {
  id: Default<string>;
  user_id: string;
  /** `YYYY-MM-DD` in the time zone, an IANA name. */
  brief_date: string;
  time_zone: string;
  content: string;
  insights: Nullable<string>;
  priority_actions: DefaultJsonColumn<readonly string[]>;
  project_briefs: DefaultJsonColumn<readonly ProjectBrief[]>;
  metadata: NullableJsonColumn;
  run_id: Nullable<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}
