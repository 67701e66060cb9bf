import type { OperationContext } from '../executor.ts';

type Placement = {
  readonly taskId: string;
  readonly phaseId: string;
  readonly order: number;
  readonly reason: string | null;
  readonly startDate: Date | null;
};

/** Puts a task into a phase. False when it was there already. */
export async function placeTask({ tx, userId }: OperationContext, placement: Placement): Promise<boolean> {
  const placed = await tx
    .insertInto('phase_tasks')
    .values({
      user_id: userId,
      phase_id: placement.phaseId,
      task_id: placement.taskId,
      order: placement.order,
      assignment_reason: placement.reason,
      suggested_start_date: placement.startDate,
    })
    .onConflict((conflict) => conflict.columns(['phase_id', 'task_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return placed !== undefined;
}

/** Ids of the phases a task is in, sorted. */
export async function phasesOf({ tx, userId }: OperationContext, taskId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('phase_tasks')
    .select('phase_id')
    .where('task_id', '=', taskId)
    .where('user_id', '=', userId)
    .execute();
  return rows.map((row) => row.phase_id).sort();
}

/** Takes a task out of a phase. */
export async function unplaceTask(
  { tx, userId }: OperationContext,
  place: { readonly taskId: string; readonly phaseId: string },
): Promise<void> {
  await tx
    .deleteFrom('phase_tasks')
    .where('task_id', '=', place.taskId)
    .where('phase_id', '=', place.phaseId)
    .where('user_id', '=', userId)
    .execute();
}
