import { z } from 'zod';
import { isTimeZone } from './time-zone.ts';
import { workingHoursSchema } from './working-hours.ts';

/**
 * What may be written to the record tables, by the columns' own names (B14). Columns that Steward keeps itself (`id`,
 * `user_id`, `created_at`, `updated_at`) can't be set, and an unknown column is refused rather than dropped.
 */
const title = z.string().trim().min(1, 'must not be empty').max(500);
const shortText = z.string().max(5_000).nullable().optional();
const longText = z.string().max(1_000_000).nullable().optional();
const instant = z.iso.datetime({
  offset: true,
  message: 'expected an ISO 8601 time with zone, such as 2026-03-01T09:00:00Z',
});
const day = z.iso.date('expected a date as YYYY-MM-DD');
// Whole days are good enough for most plans; a day stands for its first instant in UTC.
const dayOrInstant = z.union([instant, day], 'expected a date as YYYY-MM-DD or an ISO 8601 time with zone');
const tags = z.array(z.string().trim().min(1).max(100)).max(100).nullable().optional();
const reference = z.uuid('expected the id (UUID) of a record').nullable().optional();

export const taskStatuses = ['pending', 'in_progress', 'completed', 'cancelled'] as const;
const taskPriorities = ['low', 'medium', 'high', 'critical'] as const;
const taskTypes = ['task', 'milestone', 'recurring'] as const;
export const projectStatuses = ['active', 'completed', 'on_hold', 'cancelled'] as const;
const taskSources = ['brain_dump', 'manual', 'calendar', 'ai_generated'] as const;
const projectSources = ['brain_dump', 'manual', 'calendar_analysis', 'ai_generated'] as const;
export const brainDumpStatuses = ['pending', 'processing', 'completed', 'failed'] as const;

const task = {
  project_id: reference,
  title,
  description: longText,
  details: longText,
  task_steps: longText,
  status: z.enum(taskStatuses).optional(),
  priority: z.enum(taskPriorities).optional(),
  task_type: z.enum(taskTypes).optional(),
  start_date: dayOrInstant.nullable().optional(),
  deadline: dayOrInstant.nullable().optional(),
  duration_minutes: z.int().min(0).max(1_000_000).nullable().optional(),
  dependencies: z.array(z.uuid('expected the id (UUID) of a task')).max(500).nullable().optional(),
  parent_task_id: reference,
  recurrence_pattern: shortText,
  recurrence_ends: dayOrInstant.nullable().optional(),
  source: z.enum(taskSources).nullable().optional(),
};

const project = {
  name: title,
  description: longText,
  context: longText,
  executive_summary: longText,
  status: z.enum(projectStatuses).optional(),
  start_date: dayOrInstant.nullable().optional(),
  end_date: dayOrInstant.nullable().optional(),
  tags,
  source: z.enum(projectSources).nullable().optional(),
};

const phase = {
  project_id: z.uuid('expected the id (UUID) of a project'),
  name: title,
  description: longText,
  order: z.int().min(0).max(100_000),
  start_date: dayOrInstant,
  end_date: dayOrInstant,
  scheduling_method: shortText,
};

const note = { project_id: reference, title: shortText, content: longText, category: shortText, tags };

const brainDump = {
  project_id: reference,
  content: longText,
  title: shortText,
  status: z.enum(brainDumpStatuses).optional(),
  parsed_results: z.json().optional(),
  ai_summary: longText,
  ai_insights: longText,
  tags,
  metaData: z.json().optional(),
};

const startBeforeEnd = { path: ['end_date'], message: 'must not be before start_date' };

function inOrder(value: {
  readonly start_date?: string | null | undefined;
  readonly end_date?: string | null | undefined;
}): boolean {
  if (typeof value.start_date !== 'string' || typeof value.end_date !== 'string') return true;
  return Date.parse(value.start_date) <= Date.parse(value.end_date);
}

const someChange = { message: 'give at least one column to change' };

function hasChange(value: object): boolean {
  return Object.keys(value).length > 0;
}

/** Values of a new row, by kind. */
export const recordCreate = {
  tasks: z.strictObject(task),
  projects: z.strictObject(project).refine(inOrder, startBeforeEnd),
  phases: z.strictObject(phase).refine(inOrder, startBeforeEnd),
  notes: z.strictObject(note),
  'brain-dumps': z.strictObject(brainDump),
} as const;

/** Changes of a row, by kind: any subset of its columns, but not none. */
export const recordUpdate = {
  tasks: z.strictObject(task).partial().refine(hasChange, someChange),
  projects: z.strictObject(project).partial().refine(hasChange, someChange).refine(inOrder, startBeforeEnd),
  // A phase stays with its project.
  phases: z
    .strictObject(phase)
    .omit({ project_id: true })
    .partial()
    .refine(hasChange, someChange)
    .refine(inOrder, startBeforeEnd),
  notes: z.strictObject(note).partial().refine(hasChange, someChange),
  'brain-dumps': z.strictObject(brainDump).partial().refine(hasChange, someChange),
} as const;

const contextText = z.string().max(50_000).nullable().optional();

const userContext = {
  background: contextText,
  goals_overview: contextText,
  work_style: contextText,
  communication_style: contextText,
  priorities: contextText,
  focus_areas: contextText,
  productivity_challenges: contextText,
  active_projects: contextText,
  timezone: z.string().refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin').nullable().optional(),
  working_hours: workingHoursSchema.nullable().optional(),
  daily_focus_minutes: z.int().min(0).max(1440).nullable().optional(),
  extra: z.record(z.string(), z.json()).nullable().optional(),
};

/** What a person tells Steward about themselves; `timezone` is an IANA name, working hours are by weekday. */
export const userContextUpdate = z.strictObject(userContext).refine(hasChange, someChange);

/** The columns by kind, for what reads whole rows (import). */
export const recordShapes = {
  tasks: task,
  projects: project,
  phases: phase,
  notes: note,
  'brain-dumps': brainDump,
  userContext,
} as const;
