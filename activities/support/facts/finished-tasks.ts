import { sql } from 'kysely';
import type { FinishedTaskFacts } from '../../../src/contract/facts/task-facts.ts';
import { cut, factLimits } from './limits.ts';
import type { FactScope } from './scope.ts';

/** Finished tasks, newest first, each with the minutes of the calendar blocks that were spent on it. */
export async function finishedTaskFacts({ tx, userId, now }: FactScope): Promise<readonly FinishedTaskFacts[]> {
  const { rows } = await sql<FinishedTaskFacts>`
    select task.id, task.title, task.description, task.project_id as "projectId",
      task.parent_task_id as "parentTaskId",
      task.duration_minutes as "plannedMinutes", task.completed_at as "completedAt",
      (select round(sum(extract(epoch from event.end_at - event.start_at)) / 60)::int
        from calendar_events event
        where event.user_id = task.user_id and event.task_id = task.id and event.deleted_at is null
          and event.rrule is null and event.end_at <= ${now.toISOString()}::timestamptz) as "spentMinutes"
    from tasks task
    where task.user_id = ${userId} and task.status = 'completed' and task.deleted_at is null
    order by task.completed_at desc nulls last, task.id
    limit ${factLimits.finishedTasks}`.execute(tx);
  return rows.map((row) => ({ ...row, description: cut(row.description, factLimits.taskChars) }));
}
