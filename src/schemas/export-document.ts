import { z } from 'zod';
import { mostAttempts } from '../contract/attempts.ts';
import { catchUps, overlaps } from '../contract/recurrence.ts';
import { eventRoles } from '../contract/operations/tasks.ts';
import { recordShapes } from './records.ts';

/**
 * The document of `export` and `import`: rows with their ids and times. Unlike at the API, unknown columns are passed by,
 * so that a document of a newer version can be read as far as this one knows it.
 */
const id = z.uuid();
const time = z.iso.datetime({ offset: true });
const ref = z.uuid().nullable().optional();
const kept = { id, created_at: time.optional(), updated_at: time.optional() };
const text = z.string().nullable().optional();

const { dependencies: _edges, ...task } = recordShapes.tasks;

const calendarEvent = z.object({
  ...kept,
  calendar_id: z.string().optional(),
  uid: z.string().min(1),
  recurrence_id: text,
  title: z.string(),
  description: text,
  location: text,
  start_at: time,
  end_at: time,
  all_day: z.boolean().optional(),
  time_zone: text,
  rrule: text,
  ics: text,
  status: z.enum(['confirmed', 'tentative', 'cancelled']).optional(),
  transparency: z.enum(['opaque', 'transparent']).optional(),
  source: z.enum(['import', 'steward', 'manual']),
  task_id: ref,
});

/** Tables in the order in which they can be brought back: each refers to earlier ones only. */
export const exportTables = {
  projects: z.object({ ...kept, ...recordShapes.projects }),
  tasks: z.object({ ...kept, ...task, completed_at: time.nullable().optional() }),
  phases: z.object({ ...kept, ...recordShapes.phases }),
  notes: z.object({ ...kept, ...recordShapes.notes }),
  brain_dumps: z.object({ ...kept, ...recordShapes['brain-dumps'] }),
  task_dependencies: z.object({
    task_id: id,
    depends_on_id: id,
    kind: z.enum(['hard', 'soft']).optional(),
    reason: text,
    created_at: time.optional(),
  }),
  phase_tasks: z.object({
    id,
    phase_id: id,
    task_id: id,
    order: z.int().optional(),
    assignment_reason: text,
    suggested_start_date: time.nullable().optional(),
    created_at: time.optional(),
  }),
  brain_dump_links: z.object({
    brain_dump_id: id,
    project_id: ref,
    task_id: ref,
    note_id: ref,
    created_at: time.optional(),
  }),
  recurring_task_instances: z.object({
    id,
    task_id: id,
    instance_date: z.iso.date(),
    status: z.enum(['pending', 'in_progress', 'completed', 'cancelled']).optional(),
    completed_at: time.nullable().optional(),
    skipped: z.boolean().nullable().optional(),
    calendar_event_id: text,
    created_at: time.optional(),
  }),
  calendar_events: calendarEvent,
  // The run that wrote it stays behind.
  daily_briefs: z.object({
    ...kept,
    brief_date: z.iso.date(),
    time_zone: z.string(),
    content: z.string(),
    insights: text,
    priority_actions: z.array(z.string()).optional(),
    project_briefs: z.array(z.object({ projectId: id, content: z.string() })).optional(),
    metadata: z.json().nullable().optional(),
  }),
  // How it stands, when it is due and what it started last stay behind: one that comes back is paused.
  run_schedules: z.object({
    ...kept,
    name: z.string().min(1).max(200),
    workflow_type: z.string().min(1).max(200),
    input: z.record(z.string(), z.json()),
    options: z.record(z.string(), z.json()).optional(),
    budget: z.record(z.string(), z.json()).optional(),
    priority: z.int().min(1).max(10).optional(),
    max_attempts: z.int().min(1).max(mostAttempts).optional(),
    cron: z.string().max(200),
    time_zone: z.string().max(100),
    from_at: time.nullable().optional(),
    until_at: time.nullable().optional(),
    overlap: z.enum(overlaps).optional(),
    catch_up: z.enum(catchUps).optional(),
  }),
  task_event_links: z.object({
    id,
    task_id: id,
    event_uid: z.string().min(1),
    recurrence_id: text,
    role: z.enum(eventRoles),
    created_at: time.optional(),
  }),
} as const;

export type ExportTable = keyof typeof exportTables;

const rows = <Row extends z.ZodType>(row: Row) => z.array(row).max(200_000).optional();

/** What `importAll` accepts. `runs` and `files` are exported for reading; they are not brought back (files have bytes). */
export const exportDocument = z.object({
  format: z.literal('steward-export', 'is no document that Steward exported'),
  version: z.literal(1, 'was exported by a version that this one does not know'),
  user_context: z.object(recordShapes.userContext).nullable().optional(),
  projects: rows(exportTables.projects),
  tasks: rows(exportTables.tasks),
  phases: rows(exportTables.phases),
  notes: rows(exportTables.notes),
  brain_dumps: rows(exportTables.brain_dumps),
  task_dependencies: rows(exportTables.task_dependencies),
  phase_tasks: rows(exportTables.phase_tasks),
  brain_dump_links: rows(exportTables.brain_dump_links),
  recurring_task_instances: rows(exportTables.recurring_task_instances),
  calendar_events: rows(exportTables.calendar_events),
  daily_briefs: rows(exportTables.daily_briefs),
  run_schedules: rows(exportTables.run_schedules),
  task_event_links: rows(exportTables.task_event_links),
});
