import { sql } from 'kysely';
import type { TaskDetail } from '../../../src/contract/facts/task-facts.ts';
import type { Tx } from '../transaction.ts';
import { cut, factLimits } from './limits.ts';
import type { FactScope } from './scope.ts';

/** Tasks with all that planning looks at; a caller narrows and orders them. */
export function selectDetails(tx: Tx, userId: string) {
  return tx
    .selectFrom('tasks')
    .select([
      'id',
      'title',
      'description',
      'details',
      'task_steps as steps',
      'status',
      'priority',
      'duration_minutes as durationMinutes',
      'start_date as startDate',
      'deadline',
      'project_id as projectId',
      'parent_task_id as parentTaskId',
      'created_at as createdAt',
      'updated_at as updatedAt',
    ])
    .select(
      sql<
        string | null
      >`(select place.phase_id from phase_tasks place where place.task_id = tasks.id order by place.created_at, place.id limit 1)`.as(
        'phaseId',
      ),
    )
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDetails>['execute']>>[number];

/** A row as facts, its long texts cut. */
export function toDetail(row: Row): TaskDetail {
  const { taskChars } = factLimits;
  return {
    ...row,
    description: cut(row.description, taskChars),
    details: cut(row.details, taskChars),
    steps: cut(row.steps, taskChars),
  };
}

/** The task that the run is about, or null. */
export async function focusTaskFacts({ tx, userId, taskId }: FactScope): Promise<TaskDetail | null> {
  if (taskId === null) return null;
  const row = await selectDetails(tx, userId).where('id', '=', taskId).executeTakeFirst();
  return row === undefined ? null : toDetail(row);
}
