import type { OperationContext } from '../executor.ts';

type Placement = {
  readonly taskId: string;
  readonly phaseId: string;
  readonly order: number;
  readonly reason: string | null;
  readonly startDate: Date | null;
};

/** Puts tasks into phases, those that are not there already. Returns how many. */
export async function placeTasks({ tx, userId }: OperationContext, placements: readonly Placement[]): Promise<number> {
  if (placements.length === 0) return 0;
  const rows = placements.map((placement) => ({
    user_id: userId,
    phase_id: placement.phaseId,
    task_id: placement.taskId,
    order: placement.order,
    assignment_reason: placement.reason,
    suggested_start_date: placement.startDate,
  }));
  const placed = await tx
    .insertInto('phase_tasks')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['phase_id', 'task_id']).doNothing())
    .returning('id')
    .execute();
  return placed.length;
}

/** Puts a task into a phase. False when it was there already. */
export async function placeTask(context: OperationContext, placement: Placement): Promise<boolean> {
  return (await placeTasks(context, [placement])) > 0;
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
