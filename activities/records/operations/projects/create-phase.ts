import type { OperationExecutor } from '../executor.ts';
import { nothingBefore } from '../executor.ts';
import { removeCreated } from '../remove-created.ts';
import { instantOf, rowJson } from '../../../support/json-value.ts';

const columns = ['project_id', 'name', 'description', 'order', 'start_date', 'end_date'] as const;

export const createPhase: OperationExecutor<'create_phase'> = {
  before: nothingBefore,

  async execute({ tx, userId }, { operation }) {
    const { phaseId, projectId, name, description, order, startDate, endDate } = operation.payload;
    const row = await tx
      .insertInto('phases')
      .values({
        id: phaseId,
        user_id: userId,
        project_id: projectId,
        name,
        description,
        order,
        start_date: instantOf(startDate),
        end_date: instantOf(endDate),
        scheduling_method: 'ai_generated',
      })
      .returning(columns)
      .executeTakeFirstOrThrow();
    return { result: { phaseId }, undo: { fields: rowJson(row) } };
  },

  async undo(context, { operation, undo }) {
    const { phaseId: id } = operation.payload;
    const addedSince = async (): Promise<string | null> => {
      const placed = context.tx.selectFrom('phase_tasks').select('id').where('phase_id', '=', id);
      return (await placed.limit(1).executeTakeFirst()) === undefined ? null : 'It has tasks.';
    };
    return await removeCreated(context, { table: 'phases', id, columns, undo, addedSince });
  },
};
