import { StewardError } from '../../../../src/contract/errors.ts';
import type { Json, JsonObject } from '../../../../src/contract/json.ts';
import { checkUnchanged, mustBeThere } from '../change-fields.ts';
import { readColumns, writeColumns } from '../columns.ts';
import type { OperationContext, OperationExecutor, OperationOf } from '../executor.ts';
import { kept, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt, textAt } from '../fields.ts';
import { deleteRows, insertRows, rowsAt, selectRows } from '../rows.ts';
import { placeTask } from './place-task.ts';

type Payload = OperationOf<'move_task'>['payload'];

/** One value as such, none as null, several as a list: a task is nearly always in one phase. */
function only(values: readonly Json[]): Json {
  return values.length > 1 ? values : (values[0] ?? null);
}

/** Where a task is: its project, its parent, its phases with its place in each. Null when it is gone. */
async function whereIs(context: OperationContext, taskId: string): Promise<JsonObject | null> {
  const columns = ['project_id', 'parent_task_id'];
  const fields = await readColumns(context, { table: 'tasks', id: taskId, columns });
  if (fields === null) return null;
  const places = [...(await selectRows(context, { table: 'phase_tasks', columns: ['task_id'], ids: [taskId] }))];
  places.sort((a, b) => textAt(a, 'phase_id').localeCompare(textAt(b, 'phase_id')));
  const list = (key: string): Json => only(places.map((place) => place[key] ?? null));
  return { ...fields, phase_id: list('phase_id'), order: list('order') };
}

function shown(place: JsonObject, { parentTaskId }: Payload): JsonObject {
  const { parent_task_id: parent, ...rest } = place;
  return parentTaskId === undefined ? rest : { ...rest, parent_task_id: parent ?? null };
}

async function checkPhase({ tx, userId }: OperationContext, { phaseId, projectId }: Payload): Promise<void> {
  if (phaseId === null) return;
  const phase = await tx
    .selectFrom('phases')
    .select('project_id')
    .where('id', '=', phaseId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (phase === undefined) throw new StewardError('not_found', 'The phase is not there any more.');
  if (phase.project_id !== projectId) throw new StewardError('conflict', 'The phase is not one of that project.');
}

export const moveTask: OperationExecutor<'move_task'> = {
  async before(context, { payload }) {
    const place = await whereIs(context, payload.taskId);
    return place === null ? null : shown(place, payload);
  },

  async execute(context, { operation, before }) {
    const { taskId, projectId, phaseId, order, parentTaskId } = operation.payload;
    const former = mustBeThere('task', await whereIs(context, taskId));
    checkUnchanged('task', before, former);
    await checkPhase(context, operation.payload);
    const values = { project_id: projectId, ...(parentTaskId === undefined ? {} : { parent_task_id: parentTaskId }) };
    await writeColumns(context, { table: 'tasks', id: taskId, values });
    const places = await deleteRows(context, { table: 'phase_tasks', columns: ['task_id'], ids: [taskId] });
    if (phaseId !== null)
      await placeTask(context, { taskId, phaseId, order, reason: operation.reason, startDate: null });
    const fields = (await whereIs(context, taskId)) ?? {};
    const { project_id: project, parent_task_id: parent } = former;
    const place = { project_id: project ?? null, parent_task_id: parent ?? null };
    return { result: { taskId }, undo: { before: place, places, fields: shown(fields, operation.payload) } };
  },

  async undo(context, { operation, undo }) {
    const { taskId, parentTaskId } = operation.payload;
    const now = await whereIs(context, taskId);
    if (now === null) return kept('It is not there any more.');
    const changed = changedFields(objectAt(undo, 'fields'), now);
    if (changed.length > 0) return kept(changedReason(changed));
    const { parent_task_id: parent, ...rest } = objectAt(undo, 'before');
    const values = parentTaskId === undefined ? rest : { ...rest, parent_task_id: parent ?? null };
    await writeColumns(context, { table: 'tasks', id: taskId, values });
    await deleteRows(context, { table: 'phase_tasks', columns: ['task_id'], ids: [taskId] });
    await insertRows(context, { table: 'phase_tasks', rows: rowsAt(undo, 'places') });
    return undone;
  },
};
