import type { TaskStatus } from '../../../../src/contract/operations/tasks.ts';
import { taskStatuses } from '../../../../src/contract/operations/tasks.ts';
import { checkUnchanged, mustBeThere } from '../change-fields.ts';
import { readColumns, writeColumns } from '../columns.ts';
import type { OperationContext, OperationExecutor } from '../executor.ts';
import { kept, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt, pick } from '../fields.ts';
import type { JsonObject } from '../../../../src/contract/json.ts';

const columns = ['status', 'completed_at'];

/** By which statuses a task gets from one to another: the database lets it go only along these. */
const via: Readonly<Record<TaskStatus, Readonly<Partial<Record<TaskStatus, readonly TaskStatus[]>>>>> = {
  pending: {},
  in_progress: { pending: ['cancelled'] },
  completed: { in_progress: ['pending'], cancelled: ['pending'] },
  cancelled: { in_progress: ['pending'], completed: ['pending'] },
};

/** Brings a task to a status, over others where the database asks for it: to restore one, nobody has to reopen it first. */
export async function forceStatus(
  context: OperationContext,
  task: { readonly taskId: string; readonly to: JsonObject },
): Promise<void> {
  const { taskId, to } = task;
  const target = taskStatuses.find((status) => status === to['status']);
  const now = await readColumns(context, { table: 'tasks', id: taskId, columns });
  const from = taskStatuses.find((status) => status === now?.['status']);
  if (target === undefined || from === undefined) return;
  for (const status of via[from][target] ?? [])
    await writeColumns(context, { table: 'tasks', id: taskId, values: { status } });
  await writeColumns(context, { table: 'tasks', id: taskId, values: to });
}

export const setTaskStatus: OperationExecutor<'set_task_status'> = {
  async before(context, { payload }) {
    const fields = await readColumns(context, { table: 'tasks', id: payload.taskId, columns: ['status'] });
    return fields;
  },

  async execute(context, { operation, before }) {
    const { taskId, status } = operation.payload;
    const fields = mustBeThere('task', await readColumns(context, { table: 'tasks', id: taskId, columns }));
    checkUnchanged('task', before, fields);
    await writeColumns(context, { table: 'tasks', id: taskId, values: { status } });
    return { result: { taskId, status }, undo: { before: fields, fields: { status } } };
  },

  async undo(context, { operation, undo }) {
    const { taskId } = operation.payload;
    const fields = await readColumns(context, { table: 'tasks', id: taskId, columns });
    if (fields === null) return kept('It is not there any more.');
    const changed = changedFields(objectAt(undo, 'fields'), fields);
    if (changed.length > 0) return kept(changedReason(changed));
    await forceStatus(context, { taskId, to: pick(objectAt(undo, 'before'), fields) });
    return undone;
  },
};
