import { sql } from 'kysely';
import type { InsertObject, Selectable, Transaction, UpdateObject } from 'kysely';
import type { Tables } from '../tables.ts';
import type { TasksTable, TaskStatus } from '../tables/record-tables.ts';
import { beyond, found } from './page.ts';
import type { PageParams } from './page.ts';

export type TaskRow = Selectable<TasksTable>;
type Id = { readonly id: string };

/** Newest first, without deleted ones. */
export async function listTasks(
  tx: Transaction<Tables>,
  params: PageParams & { readonly projectId?: string; readonly status?: TaskStatus },
): Promise<TaskRow[]> {
  let query = tx
    .selectFrom('tasks')
    .selectAll()
    .where('deleted_at', 'is', null)
    .where(beyond(params.after))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(params.limit);
  if (params.projectId !== undefined) query = query.where('project_id', '=', params.projectId);
  if (params.status !== undefined) query = query.where('status', '=', params.status);
  return query.execute();
}

/** Throws `not_found`, also for a deleted one. */
export async function getTask(tx: Transaction<Tables>, { id }: Id): Promise<TaskRow> {
  const row = await tx
    .selectFrom('tasks')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return found(row, { kind: 'task', id });
}

/** Throws `invalid_input` for a parent or project that is not the user's, or a parent too deep. */
export async function insertTask(tx: Transaction<Tables>, values: InsertObject<Tables, 'tasks'>): Promise<TaskRow> {
  return tx.insertInto('tasks').values(values).returningAll().executeTakeFirstOrThrow();
}

/** Throws `not_found`; `conflict` for a status that does not follow; `invalid_input` for a circle of parents. */
export async function updateTask(
  tx: Transaction<Tables>,
  { id, changes }: Id & { readonly changes: UpdateObject<Tables, 'tasks'> },
): Promise<TaskRow> {
  if (Object.keys(changes).length === 0) return getTask(tx, { id });
  const row = await tx
    .updateTable('tasks')
    .set(changes)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return found(row, { kind: 'task', id });
}

/**
 * Marks a task and its subtasks, at every depth, as deleted; their dependencies are dropped. Returns the ids of all that
 * were marked. Throws `not_found`.
 */
export async function deleteTask(tx: Transaction<Tables>, { id }: Id): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive doomed (id) as (
      select id from tasks where id = ${id}::uuid and deleted_at is null
      union
      select task.id from tasks task join doomed on task.parent_task_id = doomed.id where task.deleted_at is null
    )
    update tasks set deleted_at = now() from doomed where tasks.id = doomed.id returning tasks.id`.execute(tx);
  found(rows[0], { kind: 'task', id });
  return rows.map((row) => row.id);
}
