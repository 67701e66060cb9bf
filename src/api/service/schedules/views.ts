import type { Selectable } from 'kysely';
import type { Tables } from '../../../db/tables.ts';
import type { ScheduleView } from '../../schedules-api.ts';

export type ScheduleRow = Selectable<Tables['run_schedules']>;

/** A schedule's row as its view. */
export function scheduleView(row: ScheduleRow): ScheduleView {
  return {
    id: row.id,
    name: row.name,
    type: row.workflow_type,
    input: row.input,
    options: row.options,
    budget: row.budget,
    priority: row.priority,
    maxAttempts: row.max_attempts,
    cron: row.cron,
    timeZone: row.time_zone,
    from: row.from_at,
    until: row.until_at,
    overlap: row.overlap,
    catchUp: row.catch_up,
    status: row.status,
    nextAt: row.next_at,
    lastRunAt: row.last_run_at,
    lastRunId: row.last_run_id,
    lastSkippedAt: row.last_skipped_at,
    lastError: row.last_error,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
