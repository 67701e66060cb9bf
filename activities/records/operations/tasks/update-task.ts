import { isObject } from '../../../support/json-value.ts';
import { changeFields } from '../change-fields.ts';
import type { OperationExecutor } from '../executor.ts';
import { placeTask, unplaceTask } from './place-task.ts';
import { taskColumns } from './task-columns.ts';

const fields = changeFields<'update_task', 'tasks'>({
  noun: 'task',
  table: 'tasks',
  names: taskColumns,
  id: ({ payload }) => payload.taskId,
  changes: ({ payload }) => payload.changes,
  result: (taskId) => ({ taskId }),
});

export const updateTask: OperationExecutor<'update_task'> = {
  async before(context, operation) {
    return await fields.before(context, operation);
  },

  async execute(context, work) {
    const { result, undo } = await fields.execute(context, work);
    const { taskId, phaseId, order } = work.operation.payload;
    const placed =
      phaseId !== null &&
      (await placeTask(context, { taskId, phaseId, order, reason: work.operation.reason, startDate: null }));
    return { result, undo: { ...undo, placed } };
  },

  async undo(context, work) {
    const outcome = await fields.undo(context, work);
    const { taskId, phaseId } = work.operation.payload;
    if (outcome.undone && phaseId !== null && isObject(work.undo) && work.undo['placed'] === true)
      await unplaceTask(context, { taskId, phaseId });
    return outcome;
  },
};
