import { sql } from 'kysely';
import type { Json, JsonObject } from '../../../../../src/contract/json.ts';
import { rowJson } from '../../../../support/json-value.ts';
import { checkUnchanged, mustBeThere } from '../../change-fields.ts';
import { columnValues, readColumns, writeColumns } from '../../columns.ts';
import type { OperationContext, OperationExecutor, OperationOf } from '../../executor.ts';
import { kept, undone } from '../../executor.ts';
import { changedFields, changedReason, objectAt, pick, textAt } from '../../fields.ts';
import { rowsAt } from '../../rows.ts';
import { forceStatus } from '../set-task-status.ts';
import { taskColumns } from '../task-columns.ts';
import { moveBlocks, moveLinks, readLinks, restoreLinks, returnBlocks } from './links.ts';
import { planParents } from './plan.ts';

type Payload = OperationOf<'merge_tasks'>['payload'];
const keptColumns = Object.values(taskColumns);
const mergedColumns = ['id', 'title', 'status', 'completed_at', 'details'];

async function readKept(context: OperationContext, { keepId }: Payload): Promise<JsonObject | null> {
  return await readColumns(context, { table: 'tasks', id: keepId, columns: keptColumns });
}

async function readMerged(context: OperationContext, { mergedIds }: Payload): Promise<readonly JsonObject[]> {
  const rows = [];
  for (const id of mergedIds) rows.push(await readColumns(context, { table: 'tasks', id, columns: mergedColumns }));
  return rows.filter((row) => row !== null);
}

/** What the merge changes, as people see it and as a later change is noticed. */
function shown(payload: Payload, fields: JsonObject, merged: readonly JsonObject[]): JsonObject {
  const tasks = merged.map((row) => pick(row, { id: null, title: null, status: null }));
  return { ...pick(fields, columnValues<'tasks'>(taskColumns, payload.changes)), merged: tasks };
}

async function moveSubtasks(context: OperationContext, payload: Payload): Promise<readonly JsonObject[]> {
  const { tx, userId } = context;
  await sql`select steward_lock_tasks(${userId}::uuid)`.execute(tx);
  const rows = await tx
    .selectFrom('tasks')
    .select(['id', 'parent_task_id'])
    .where('user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .where('parent_task_id', 'is not', null)
    .execute();
  const parents = new Map(rows.flatMap((row) => (row.parent_task_id === null ? [] : [[row.id, row.parent_task_id]])));
  const moved = planParents(parents, payload);
  for (const { id, parentId } of moved)
    await writeColumns(context, { table: 'tasks', id, values: { parent_task_id: parentId } });
  return moved.map(({ id, parentId }) => ({ id, from: parents.get(id) ?? null, to: parentId }));
}

async function closeMerged(
  context: OperationContext,
  merged: readonly JsonObject[],
  into: { readonly keepId: string; readonly title: string },
): Promise<readonly JsonObject[]> {
  const line = `Merged into "${into.title}" (${into.keepId}).`;
  const closed = [];
  for (const row of merged) {
    const taskId = textAt(row, 'id');
    const details = typeof row['details'] === 'string' ? `${row['details']}\n\n${line}` : line;
    await forceStatus(context, { taskId, to: { status: 'cancelled' } });
    await writeColumns(context, { table: 'tasks', id: taskId, values: { details } });
    closed.push({ id: taskId, status: 'cancelled', details });
  }
  return closed;
}

/** Names of what somebody changed since the merge; empty when all of it is as it was left. */
async function changedSince(context: OperationContext, payload: Payload, undo: Json): Promise<readonly string[]> {
  const fields = await readKept(context, payload);
  if (fields === null) return ['the kept task'];
  const merged = new Map((await readMerged(context, payload)).map((row) => [row['id'], row]));
  const closed = rowsAt(undo, 'closed').some(
    (row) => changedFields(row, merged.get(row['id'] ?? null) ?? {}).length > 0,
  );
  const links = changedFields(objectAt(undo, 'linksAfter'), rowJson(await readLinks(context, payload)));
  let subtasks = false;
  for (const task of rowsAt(undo, 'subtasks')) {
    const now = await readColumns(context, { table: 'tasks', id: textAt(task, 'id'), columns: ['parent_task_id'] });
    subtasks ||= now?.['parent_task_id'] !== task['to'];
  }
  return [
    ...changedFields(objectAt(undo, 'fields'), fields),
    ...(closed ? ['the merged tasks'] : []),
    ...(subtasks ? ['subtasks'] : []),
    ...links,
  ];
}

export const mergeTasks: OperationExecutor<'merge_tasks'> = {
  async before(context, { payload }) {
    const fields = await readKept(context, payload);
    return fields === null ? null : shown(payload, fields, await readMerged(context, payload));
  },

  async execute(context, { operation: { payload }, before }) {
    const { keepId, mergedIds } = payload;
    const fields = mustBeThere('task', await readKept(context, payload));
    const merged = await readMerged(context, payload);
    if (merged.length < mergedIds.length) mustBeThere('merged task', null);
    checkUnchanged('task', before, shown(payload, fields, merged));
    const values = columnValues<'tasks'>(taskColumns, payload.changes);
    await writeColumns(context, { table: 'tasks', id: keepId, values });
    const subtasks = await moveSubtasks(context, payload);
    const linksBefore = await readLinks(context, payload);
    const dropped = await moveLinks(context, payload, linksBefore);
    const blocks = await moveBlocks(context, payload);
    const closed = await closeMerged(context, merged, { keepId, title: textAt({ ...fields, ...values }, 'title') });
    const linksAfter = await readLinks(context, payload);
    const after = { fields: values, subtasks, blocks, closed, linksAfter };
    return {
      result: { keepId, merged: mergedIds, droppedDependencies: dropped },
      undo: { ...after, before: pick(fields, values), merged, linksBefore },
    };
  },

  async undo(context, { operation: { payload }, undo }) {
    const changed = await changedSince(context, payload, undo);
    if (changed.length > 0) return kept(changedReason(changed));
    await writeColumns(context, { table: 'tasks', id: payload.keepId, values: objectAt(undo, 'before') });
    for (const row of rowsAt(undo, 'merged')) {
      const to = pick(row, { status: null, completed_at: null, details: null });
      await forceStatus(context, { taskId: textAt(row, 'id'), to });
    }
    for (const task of rowsAt(undo, 'subtasks').toReversed()) {
      const values = { parent_task_id: task['from'] ?? null };
      await writeColumns(context, { table: 'tasks', id: textAt(task, 'id'), values });
    }
    await restoreLinks(context, payload, objectAt(undo, 'linksBefore'));
    await returnBlocks(context, payload, rowsAt(undo, 'blocks'));
    return undone;
  },
};
