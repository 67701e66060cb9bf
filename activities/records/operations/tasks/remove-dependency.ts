import type { JsonObject } from '../../../../src/contract/json.ts';
import { rowJson } from '../../../support/json-value.ts';
import { checkUnchanged } from '../change-fields.ts';
import type { OperationContext, OperationExecutor, OperationOf } from '../executor.ts';
import { kept, undone } from '../executor.ts';
import { pick } from '../fields.ts';
import { insertRows, rowsAt } from '../rows.ts';

type Edge = Pick<OperationOf<'remove_dependency'>['payload'], 'taskId' | 'dependsOnId'>;
const shown = { kind: null, reason: null };

async function read({ tx, userId }: OperationContext, { taskId, dependsOnId }: Edge): Promise<JsonObject | null> {
  const row = await tx
    .selectFrom('task_dependencies')
    .selectAll()
    .where('user_id', '=', userId)
    .where('task_id', '=', taskId)
    .where('depends_on_id', '=', dependsOnId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : rowJson(row);
}

export const removeDependency: OperationExecutor<'remove_dependency'> = {
  async before(context, { payload }) {
    const row = await read(context, payload);
    return row === null ? null : pick(row, shown);
  },

  async execute(context, { operation, before }) {
    const { taskId, dependsOnId } = operation.payload;
    const row = await read(context, operation.payload);
    const result = { taskId, dependsOnId };
    // Somebody else removed it: as it should be, and nothing of ours to take back.
    if (row === null) return { result, undo: { rows: [] } };
    checkUnchanged('dependency', before, row);
    await context.tx
      .deleteFrom('task_dependencies')
      .where('user_id', '=', context.userId)
      .where('task_id', '=', taskId)
      .where('depends_on_id', '=', dependsOnId)
      .execute();
    return { result, undo: { rows: [row] } };
  },

  async undo(context, { operation, undo }) {
    const rows = rowsAt(undo, 'rows');
    if (rows.length === 0) return undone;
    if ((await read(context, operation.payload)) !== null) return kept('Somebody added it again since.');
    await insertRows(context, { table: 'task_dependencies', rows });
    return undone;
  },
};
