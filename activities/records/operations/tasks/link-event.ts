import { fieldOf } from '../../../support/json-value.ts';
import type { OperationExecutor } from '../executor.ts';
import { nothingBefore, undone } from '../executor.ts';
import { deleteRows } from '../rows.ts';

export const linkEvent: OperationExecutor<'link_event'> = {
  before: nothingBefore,

  async execute({ tx, userId, runId }, { operation }) {
    const { eventUid, recurrenceId, taskId, role } = operation.payload;
    const row = await tx
      .insertInto('task_event_links')
      .values({
        user_id: userId,
        task_id: taskId,
        event_uid: eventUid,
        recurrence_id: recurrenceId,
        role,
        run_id: runId,
      })
      .onConflict((conflict) => conflict.columns(['task_id', 'event_uid', 'recurrence_id', 'role']).doNothing())
      .returning('id')
      .executeTakeFirst();
    // It was there already, by somebody else: nothing of ours to take back.
    return { result: { taskId, eventUid }, undo: { id: row?.id ?? null } };
  },

  async undo(context, { undo }) {
    const id = fieldOf(undo, 'id');
    if (typeof id === 'string') await deleteRows(context, { table: 'task_event_links', columns: ['id'], ids: [id] });
    return undone;
  },
};
