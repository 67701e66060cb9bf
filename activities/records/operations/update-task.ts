import { StewardError } from '../../../src/contract/errors.ts';
import type { JsonObject } from '../../../src/contract/json.ts';
import type { OperationContext, OperationExecutor, OperationOf } from './executor.ts';
import { kept, undone } from './executor.ts';
import { changedFields, changedReason, objectAt, pick } from './fields.ts';
import { instantOrNull, isObject, rowJson } from '../../support/json-value.ts';
import { placeTask, unplaceTask } from './place-task.ts';
import { readTaskChanges } from './schema.ts';

type Changes = OperationOf<'update_task'>['payload']['changes'];
const columns = [
  'title',
  'description',
  'task_steps',
  'priority',
  'duration_minutes',
  'start_date',
  'deadline',
] as const;
const fieldNames = {
  title: 'title',
  description: 'description',
  task_steps: 'taskSteps',
  priority: 'priority',
  duration_minutes: 'durationMinutes',
  start_date: 'startDate',
  deadline: 'deadline',
} as const;

function columnsOf(changes: Changes) {
  const { title, description, taskSteps, priority, durationMinutes, startDate, deadline } = changes;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(taskSteps === undefined ? {} : { task_steps: taskSteps }),
    ...(priority === undefined ? {} : { priority }),
    ...(durationMinutes === undefined ? {} : { duration_minutes: durationMinutes }),
    ...(startDate === undefined ? {} : { start_date: instantOrNull(startDate) }),
    ...(deadline === undefined ? {} : { deadline: instantOrNull(deadline) }),
  };
}

/** Columns back to the fields of a change, to restore them by the same way. */
function changesOf(row: JsonObject): Changes {
  return readTaskChanges(
    Object.fromEntries(
      columns.filter((column) => column in row).map((column) => [fieldNames[column], row[column] ?? null]),
    ),
  );
}

async function readFields({ tx, userId }: OperationContext, taskId: string): Promise<JsonObject | null> {
  const row = await tx
    .selectFrom('tasks')
    .select(columns)
    .where('id', '=', taskId)
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : rowJson(row);
}

async function write(
  { tx, userId }: OperationContext,
  update: { readonly taskId: string; readonly values: ReturnType<typeof columnsOf> },
): Promise<void> {
  if (Object.keys(update.values).length === 0) return;
  await tx
    .updateTable('tasks')
    .set(update.values)
    .where('id', '=', update.taskId)
    .where('user_id', '=', userId)
    .execute();
}

export const updateTask: OperationExecutor<'update_task'> = {
  async before(context, { payload }) {
    const fields = await readFields(context, payload.taskId);
    return fields === null ? null : pick(fields, rowJson(columnsOf(payload.changes)));
  },

  async execute(context, { operation, before }) {
    const { taskId, changes, phaseId, order } = operation.payload;
    const fields = await readFields(context, taskId);
    if (fields === null) throw new StewardError('not_found', 'The task is not there any more.');
    const changed = changedFields(isObject(before) ? before : {}, fields);
    if (changed.length > 0)
      throw new StewardError('conflict', `The task was changed after the proposal was made: ${changed.join(', ')}.`);
    const values = columnsOf(changes);
    await write(context, { taskId, values });
    const placed =
      phaseId !== null &&
      (await placeTask(context, { taskId, phaseId, order, reason: operation.reason, startDate: null }));
    return { result: { taskId }, undo: { before: pick(fields, rowJson(values)), fields: rowJson(values), placed } };
  },

  async undo(context, { operation, undo }) {
    const { taskId, phaseId } = operation.payload;
    const fields = await readFields(context, taskId);
    if (fields === null) return kept('It is not there any more.');
    const changed = changedFields(objectAt(undo, 'fields'), fields);
    if (changed.length > 0) return kept(changedReason(changed));
    await write(context, { taskId, values: columnsOf(changesOf(objectAt(undo, 'before'))) });
    if (phaseId !== null && isObject(undo) && undo['placed'] === true) await unplaceTask(context, { taskId, phaseId });
    return undone;
  },
};
