import type { Executed, OperationContext, OperationExecutor, OperationOf, UndoOutcome } from '../executor.ts';
import { kept, nothingBefore, onlyOne, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt } from '../fields.ts';
import { instantOrNull, rowJson } from '../../../support/json-value.ts';
import { phasesOf, placeTasks } from './place-task.ts';

const columns = [
  'project_id',
  'parent_task_id',
  'title',
  'description',
  'task_steps',
  'status',
  'priority',
  'duration_minutes',
  'start_date',
  'deadline',
  'task_type',
  'recurrence_pattern',
  'deleted_at',
] as const;

function valuesOf({ userId, runId }: OperationContext, payload: OperationOf<'create_task'>['payload']) {
  return {
    id: payload.taskId,
    user_id: userId,
    project_id: payload.projectId,
    parent_task_id: payload.parentTaskId,
    title: payload.title,
    description: payload.description,
    task_steps: payload.taskSteps,
    priority: payload.priority,
    duration_minutes: payload.durationMinutes,
    start_date: instantOrNull(payload.startDate),
    deadline: instantOrNull(payload.deadline),
    task_type: payload.taskType ?? 'task',
    recurrence_pattern: payload.recurrencePattern ?? null,
    source: payload.source ?? 'ai_generated',
    source_run_id: runId,
  };
}

/** What others hung on the task since, or null: deleting it would take that with it. */
async function addedSince({ tx }: OperationContext, taskId: string): Promise<string | null> {
  const subtask = await tx
    .selectFrom('tasks')
    .select('id')
    .where('parent_task_id', '=', taskId)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (subtask !== undefined) return 'It has subtasks.';
  const edge = await tx
    .selectFrom('task_dependencies')
    .select('task_id')
    .where((where) => where.or([where('task_id', '=', taskId), where('depends_on_id', '=', taskId)]))
    .limit(1)
    .executeTakeFirst();
  if (edge !== undefined) return 'It has dependencies.';
  const link = await tx
    .selectFrom('brain_dump_links')
    .select('id')
    .where('task_id', '=', taskId)
    .limit(1)
    .executeTakeFirst();
  return link === undefined ? null : 'A brain dump refers to it.';
}

async function remove(context: OperationContext, taskId: string): Promise<UndoOutcome> {
  const added = await addedSince(context, taskId);
  if (added !== null) return kept(added);
  await context.tx.deleteFrom('tasks').where('id', '=', taskId).where('user_id', '=', context.userId).execute();
  return undone;
}

async function createTasks(
  context: OperationContext,
  operations: readonly OperationOf<'create_task'>[],
): Promise<readonly Executed[]> {
  const values = operations.map(({ payload }) => valuesOf(context, payload));
  // Rows come back in the order of the values.
  const rows = await context.tx
    .insertInto('tasks')
    .values(values)
    .returning(['id', ...columns])
    .execute();
  const places = operations.flatMap(({ payload }) => {
    const { taskId, phaseId, order, assignmentReason: reason } = payload;
    return phaseId === null ? [] : [{ taskId, phaseId, order, reason, startDate: instantOrNull(payload.startDate) }];
  });
  await placeTasks(context, places);
  const phaseOf = new Map(places.map((place) => [place.taskId, place.phaseId]));
  return rows.map(({ id: taskId, ...fields }) => {
    const phaseId = phaseOf.get(taskId);
    const phases = phaseId === undefined ? [] : [phaseId];
    return { result: { taskId }, undo: { fields: { ...rowJson(fields), phases } } };
  });
}

export const createTask: OperationExecutor<'create_task'> = {
  before: nothingBefore,
  execute: async (context, { operation }) => onlyOne(await createTasks(context, [operation])),
  executeTogether: createTasks,

  async undo(context, { operation, undo }) {
    const { taskId } = operation.payload;
    const row = await context.tx
      .selectFrom('tasks')
      .select(columns)
      .where('id', '=', taskId)
      .where('user_id', '=', context.userId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return undone;
    const now = { ...rowJson(row), phases: [...(await phasesOf(context, taskId))] };
    const changed = changedFields(objectAt(undo, 'fields'), now);
    return changed.length > 0 ? kept(changedReason(changed)) : await remove(context, taskId);
  },
};
