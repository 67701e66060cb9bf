import type { Executed, OperationContext, OperationExecutor, OperationOf } from '../executor.ts';
import { kept, nothingBefore, onlyOne, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt } from '../fields.ts';
import { isObject, rowJson } from '../../../support/json-value.ts';

const columns = ['kind', 'reason'] as const;

async function addDependencies(
  { tx, userId }: OperationContext,
  operations: readonly OperationOf<'add_dependency'>[],
): Promise<readonly Executed[]> {
  const values = operations.map(({ payload }) => ({
    task_id: payload.taskId,
    depends_on_id: payload.dependsOnId,
    user_id: userId,
    kind: payload.dependencyKind,
    reason: payload.why,
  }));
  const rows = await tx
    .insertInto('task_dependencies')
    .values(values)
    .onConflict((conflict) => conflict.columns(['task_id', 'depends_on_id']).doNothing())
    .returning(['task_id', 'depends_on_id', ...columns])
    .execute();
  const added = new Map(rows.map(({ task_id, depends_on_id, ...fields }) => [`${task_id}/${depends_on_id}`, fields]));
  return operations.map(({ payload: { taskId, dependsOnId } }) => {
    const fields = added.get(`${taskId}/${dependsOnId}`);
    const result = { taskId, dependsOnId };
    // It was there already, by somebody else: nothing of ours to take back.
    return { result, undo: fields === undefined ? { added: false } : { added: true, fields: rowJson(fields) } };
  });
}

export const addDependency: OperationExecutor<'add_dependency'> = {
  before: nothingBefore,
  execute: async (context, { operation }) => onlyOne(await addDependencies(context, [operation])),
  executeTogether: addDependencies,

  async undo({ tx, userId }, { operation, undo }) {
    const { taskId, dependsOnId } = operation.payload;
    if (!isObject(undo) || undo['added'] !== true) return undone;
    const row = await tx
      .selectFrom('task_dependencies')
      .select(columns)
      .where('task_id', '=', taskId)
      .where('depends_on_id', '=', dependsOnId)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return undone;
    const changed = changedFields(objectAt(undo, 'fields'), rowJson(row));
    if (changed.length > 0) return kept(changedReason(changed));
    await tx
      .deleteFrom('task_dependencies')
      .where('task_id', '=', taskId)
      .where('depends_on_id', '=', dependsOnId)
      .execute();
    return undone;
  },
};
