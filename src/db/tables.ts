import type { ApiTokensTable, IdempotencyKeysTable, UsersTable } from './tables/account-tables.ts';
import type { DailyBriefsTable, TaskEventLinksTable } from './tables/brief-tables.ts';
import type { CalendarEventsTable, CalendarFeedsTable } from './tables/calendar-tables.ts';
import type {
  EffectsTable,
  LlmUsageLogsTable,
  ModelAnswersTable,
  OutboxTable,
  ProposalChoicesTable,
  ProposalOperationsTable,
  ProposalsTable,
  RunEventsTable,
} from './tables/effect-tables.ts';
import type { NotificationDeliveriesTable, NotificationEventsTable } from './tables/notification-tables.ts';
import type {
  BrainDumpLinksTable,
  BrainDumpsTable,
  NotesTable,
  PhaseTasksTable,
  PhasesTable,
  ProjectsTable,
  RecurringTaskInstancesTable,
  TaskDependenciesTable,
  TasksTable,
  UserContextTable,
} from './tables/record-tables.ts';
import type { RunSchedulesTable } from './tables/schedule-tables.ts';
import type { FilesTable, SearchPartsTable } from './tables/search-tables.ts';
import type {
  AgenticWorkflowStepsTable,
  AgenticWorkflowsTable,
  ArtifactsTable,
  RunContextTable,
  RunRequestsTable,
  TranscriptsTable,
} from './tables/run-tables.ts';

/** Every table of the database with its columns; the migrations make them so, and a test compares the two. */
export interface Tables {
  users: UsersTable;
  api_tokens: ApiTokensTable;
  idempotency_keys: IdempotencyKeysTable;
  projects: ProjectsTable;
  tasks: TasksTable;
  task_dependencies: TaskDependenciesTable;
  phases: PhasesTable;
  phase_tasks: PhaseTasksTable;
  notes: NotesTable;
  brain_dumps: BrainDumpsTable;
  brain_dump_links: BrainDumpLinksTable;
  user_context: UserContextTable;
  recurring_task_instances: RecurringTaskInstancesTable;
  agentic_workflows: AgenticWorkflowsTable;
  agentic_workflow_steps: AgenticWorkflowStepsTable;
  run_requests: RunRequestsTable;
  run_context: RunContextTable;
  artifacts: ArtifactsTable;
  transcripts: TranscriptsTable;
  proposals: ProposalsTable;
  proposal_operations: ProposalOperationsTable;
  proposal_choices: ProposalChoicesTable;
  effects: EffectsTable;
  llm_usage_logs: LlmUsageLogsTable;
  model_answers: ModelAnswersTable;
  run_events: RunEventsTable;
  outbox: OutboxTable;
  calendar_events: CalendarEventsTable;
  calendar_feeds: CalendarFeedsTable;
  task_event_links: TaskEventLinksTable;
  daily_briefs: DailyBriefsTable;
  files: FilesTable;
  search_parts: SearchPartsTable;
  notification_events: NotificationEventsTable;
  notification_deliveries: NotificationDeliveriesTable;
  run_schedules: RunSchedulesTable;
}
