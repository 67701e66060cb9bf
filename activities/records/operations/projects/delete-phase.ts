import { StewardError } from '../../../../src/contract/errors.ts';
import { checkUnchanged, mustBeThere } from '../change-fields.ts';
import { readColumns } from '../columns.ts';
import type { OperationExecutor } from '../executor.ts';
import { undone } from '../executor.ts';
import { objectAt } from '../fields.ts';
import { deleteRows, insertRows } from '../rows.ts';

const columns = ['project_id', 'name', 'description', 'order', 'start_date', 'end_date'];

export const deletePhase: OperationExecutor<'delete_phase'> = {
  async before(context, { payload }) {
    return await readColumns(context, { table: 'phases', id: payload.phaseId, columns });
  },

  async execute(context, { operation, before }) {
    const { phaseId } = operation.payload;
    const fields = mustBeThere('phase', await readColumns(context, { table: 'phases', id: phaseId, columns }));
    checkUnchanged('phase', before, fields);
    const placed = await context.tx
      .selectFrom('phase_tasks')
      .innerJoin('tasks', 'tasks.id', 'phase_tasks.task_id')
      .select('tasks.title')
      .where('phase_tasks.phase_id', '=', phaseId)
      .where('tasks.deleted_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    if (placed !== undefined)
      throw new StewardError('conflict', `The phase still has tasks ("${placed.title}"): move them elsewhere first.`);
    const [row] = await deleteRows(context, { table: 'phases', columns: ['id'], ids: [phaseId] });
    return { result: { phaseId }, undo: { row: row ?? {} } };
  },

  async undo(context, { undo }) {
    await insertRows(context, { table: 'phases', rows: [objectAt(undo, 'row')] });
    return undone;
  },
};
