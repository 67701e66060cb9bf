import type { Executed, OperationContext, OperationExecutor, OperationOf } from '../executor.ts';
import { nothingBefore, onlyOne } from '../executor.ts';
import { removeCreated } from '../remove-created.ts';
import { instantOf, rowJson } from '../../../support/json-value.ts';

const columns = ['project_id', 'name', 'description', 'order', 'start_date', 'end_date'] as const;

function valuesOf({ userId }: OperationContext, { payload }: OperationOf<'create_phase'>) {
  return {
    id: payload.phaseId,
    user_id: userId,
    project_id: payload.projectId,
    name: payload.name,
    description: payload.description,
    order: payload.order,
    start_date: instantOf(payload.startDate),
    end_date: instantOf(payload.endDate),
    scheduling_method: 'ai_generated',
  } as const;
}

async function createPhases(
  context: OperationContext,
  operations: readonly OperationOf<'create_phase'>[],
): Promise<readonly Executed[]> {
  const values = operations.map((operation) => valuesOf(context, operation));
  // Rows come back in the order of the values.
  const rows = await context.tx
    .insertInto('phases')
    .values(values)
    .returning(['id', ...columns])
    .execute();
  return rows.map(({ id: phaseId, ...fields }) => ({ result: { phaseId }, undo: { fields: rowJson(fields) } }));
}

export const createPhase: OperationExecutor<'create_phase'> = {
  before: nothingBefore,
  execute: async (context, { operation }) => onlyOne(await createPhases(context, [operation])),
  executeTogether: createPhases,

  async undo(context, { operation, undo }) {
    const { phaseId: id } = operation.payload;
    const addedSince = async (): Promise<string | null> => {
      const placed = context.tx.selectFrom('phase_tasks').select('id').where('phase_id', '=', id);
      return (await placed.limit(1).executeTakeFirst()) === undefined ? null : 'It has tasks.';
    };
    return await removeCreated(context, { table: 'phases', id, columns, undo, addedSince });
  },
};
