import type { OperationExecutor } from '../executor.ts';
import { kept, nothingBefore, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt } from '../fields.ts';
import { isObject, rowJson } from '../../../support/json-value.ts';

const columns = ['kind', 'reason'] as const;

export const addDependency: OperationExecutor<'add_dependency'> = {
  before: nothingBefore,

  async execute({ tx, userId }, { operation }) {
    const { taskId, dependsOnId, dependencyKind, why } = operation.payload;
    const row = await tx
      .insertInto('task_dependencies')
      .values({ task_id: taskId, depends_on_id: dependsOnId, user_id: userId, kind: dependencyKind, reason: why })
      .onConflict((conflict) => conflict.columns(['task_id', 'depends_on_id']).doNothing())
      .returning(columns)
      .executeTakeFirst();
    const result = { taskId, dependsOnId };
    // It was there already, by somebody else: nothing of ours to take back.
    if (row === undefined) return { result, undo: { added: false } };
    return { result, undo: { added: true, fields: rowJson(row) } };
  },

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
