import type { OperationExecutor } from '../executor.ts';
import { kept, nothingBefore, undone } from '../executor.ts';
import { changedFields, changedReason, objectAt } from '../fields.ts';
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

  async undo({ tx, userId }, { operation, undo }) {
    const { phaseId } = operation.payload;
    const row = await tx
      .selectFrom('phases')
      .select(columns)
      .where('id', '=', phaseId)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return undone;
    const changed = changedFields(objectAt(undo, 'fields'), rowJson(row));
    if (changed.length > 0) return kept(changedReason(changed));
    const placed = await tx
      .selectFrom('phase_tasks')
      .select('id')
      .where('phase_id', '=', phaseId)
      .limit(1)
      .executeTakeFirst();
    if (placed !== undefined) return kept('It has tasks.');
    await tx.deleteFrom('phases').where('id', '=', phaseId).execute();
    return undone;
  },
};
