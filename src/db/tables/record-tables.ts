import type { Priority, ProjectStatus, TaskStatus } from '../../contract/proposal.ts';
import type { JsonObject } from '../../contract/json.ts';
import type {
  Default,
  DefaultTimestamp,
  Given,
  Ids,
  Nullable,
  NullableJsonColumn,
  NullableTimestamp,
  Timestamp,
} from './columns.ts';

export type { ProjectStatus, TaskStatus };

export interface ProjectsTable {
  id: Default<string>;
  user_id: string;
  name: string;
  description: Nullable<string>;
  context: Nullable<string>;
  executive_summary: Nullable<string>;
  status: Default<ProjectStatus>;
  start_date: NullableTimestamp;
  end_date: NullableTimestamp;
  tags: Nullable<Ids>;
  source: Nullable<'brain_dump' | 'manual' | 'calendar_analysis' | 'ai_generated'>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface TasksTable {
  id: Default<string>;
  user_id: string;
  project_id: Nullable<string>;
  title: string;
  description: Nullable<string>;
  details: Nullable<string>;
  task_steps: Nullable<string>;
  status: Default<TaskStatus>;
  priority: Default<Priority>;
  task_type: Default<'task' | 'milestone' | 'recurring'>;
  start_date: NullableTimestamp;
  deadline: NullableTimestamp;
  duration_minutes: Nullable<number>;
  completed_at: NullableTimestamp;
  /** Kept by the database from `task_dependencies`. */
  dependencies: Given<string[]>;
  parent_task_id: Nullable<string>;
  recurrence_pattern: Nullable<string>;
  recurrence_ends: NullableTimestamp;
  source: Nullable<'brain_dump' | 'manual' | 'calendar' | 'ai_generated'>;
  source_run_id: Nullable<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
  deleted_at: NullableTimestamp;
}

export interface TaskDependenciesTable {
  task_id: string;
  depends_on_id: string;
  user_id: string;
  kind: Default<'hard' | 'soft'>;
  reason: Nullable<string>;
  created_at: DefaultTimestamp;
}

export interface PhasesTable {
  id: Default<string>;
  user_id: string;
  project_id: string;
  name: string;
  description: Nullable<string>;
  order: number;
  start_date: Timestamp;
  end_date: Timestamp;
  scheduling_method: Nullable<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface PhaseTasksTable {
  id: Default<string>;
  user_id: string;
  phase_id: string;
  task_id: string;
  order: Default<number>;
  assignment_reason: Nullable<string>;
  suggested_start_date: NullableTimestamp;
  created_at: DefaultTimestamp;
}

export interface NotesTable {
  id: Default<string>;
  user_id: string;
  project_id: Nullable<string>;
  title: Nullable<string>;
  content: Nullable<string>;
  category: Nullable<string>;
  tags: Nullable<Ids>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface BrainDumpsTable {
  id: Default<string>;
  user_id: string;
  project_id: Nullable<string>;
  content: Nullable<string>;
  title: Nullable<string>;
  status: Default<'pending' | 'processing' | 'completed' | 'failed'>;
  parsed_results: NullableJsonColumn;
  ai_summary: Nullable<string>;
  ai_insights: Nullable<string>;
  tags: Nullable<Ids>;
  metaData: NullableJsonColumn;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface BrainDumpLinksTable {
  id: Default<number>;
  user_id: string;
  brain_dump_id: string;
  project_id: Nullable<string>;
  task_id: Nullable<string>;
  note_id: Nullable<string>;
  created_at: DefaultTimestamp;
}

export interface UserContextTable {
  id: Default<string>;
  user_id: string;
  background: Nullable<string>;
  goals_overview: Nullable<string>;
  work_style: Nullable<string>;
  communication_style: Nullable<string>;
  priorities: Nullable<string>;
  focus_areas: Nullable<string>;
  productivity_challenges: Nullable<string>;
  active_projects: Nullable<string>;
  /** IANA name. */
  timezone: Nullable<string>;
  working_hours: NullableJsonColumn;
  daily_focus_minutes: Nullable<number>;
  extra: NullableJsonColumn<JsonObject>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface RecurringTaskInstancesTable {
  id: Default<string>;
  task_id: string;
  user_id: string;
  /** `YYYY-MM-DD`. */
  instance_date: string;
  status: Default<TaskStatus>;
  completed_at: NullableTimestamp;
  skipped: Nullable<boolean>;
  calendar_event_id: Nullable<string>;
  created_at: DefaultTimestamp;
}
