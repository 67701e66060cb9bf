import type { InsertObject, Transaction } from 'kysely';
import type { DependencyView } from '../../api/records-api.ts';
import type { Tables } from '../tables.ts';

/**
 * Adds a dependency, or changes the kind and reason of one that is there. Throws `invalid_input` for a circle over hard
 * and soft ones, a task that depends on itself, or a task of somebody else.
 */
export async function putDependency(
  tx: Transaction<Tables>,
  values: InsertObject<Tables, 'task_dependencies'>,
): Promise<void> {
  await tx
    .insertInto('task_dependencies')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['task_id', 'depends_on_id'])
        .doUpdateSet((row) => ({ kind: row.ref('excluded.kind'), reason: row.ref('excluded.reason') })),
    )
    .execute();
}

/** Makes `dependsOn` all that a task depends on: what stays keeps its kind and reason, what is new is hard. */
export async function replaceDependencies(
  tx: Transaction<Tables>,
  params: { readonly taskId: string; readonly userId: string; readonly dependsOn: readonly string[] },
): Promise<void> {
  const { taskId, userId, dependsOn } = params;
  let gone = tx.deleteFrom('task_dependencies').where('task_id', '=', taskId);
  if (dependsOn.length > 0) gone = gone.where('depends_on_id', 'not in', dependsOn);
  await gone.execute();
  if (dependsOn.length === 0) return;
  await tx
    .insertInto('task_dependencies')
    .values(dependsOn.map((id) => ({ task_id: taskId, depends_on_id: id, user_id: userId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Dependencies of the tasks of a project, or of one task in either direction, or all that the role may see. */
export async function listDependencies(
  tx: Transaction<Tables>,
  params: { readonly projectId?: string; readonly taskId?: string },
): Promise<DependencyView[]> {
  const { projectId, taskId } = params;
  let query = tx
    .selectFrom('task_dependencies')
    .select(['task_id as taskId', 'depends_on_id as dependsOnId', 'kind', 'reason'])
    .orderBy('created_at')
    .orderBy('task_id')
    .orderBy('depends_on_id');
  if (taskId !== undefined)
    query = query.where((row) => row.or([row('task_id', '=', taskId), row('depends_on_id', '=', taskId)]));
  if (projectId !== undefined)
    query = query.where('task_id', 'in', (inner) =>
      inner.selectFrom('tasks').select('id').where('project_id', '=', projectId),
    );
  return query.execute();
}
