import type { JsonObject, Json } from '../../../src/contract/json.ts';
import type { Operation, RecordOperation } from '../../../src/contract/proposal.ts';
import { calendarKinds } from '../../../src/contract/operations/calendar.ts';
import { calendarExecutor } from '../../calendar/operations/registry.ts';
import { executeInOrder } from './execute-in-order.ts';
import type { Executed, OperationContext, OperationExecutor, UndoOutcome } from './executor.ts';
import { keptOnRefusal } from './kept-on-refusal.ts';
import { createBrainDump } from './knowledge/create-brain-dump.ts';
import { createNote } from './knowledge/create-note.ts';
import { linkBrainDump } from './knowledge/link-brain-dump.ts';
import { saveDailyBrief } from './knowledge/save-daily-brief.ts';
import { updateBrainDump } from './knowledge/update-brain-dump.ts';
import { updateNote } from './knowledge/update-note.ts';
import { updateUserContext } from './knowledge/update-user-context.ts';
import { createPhase } from './projects/create-phase.ts';
import { createProject } from './projects/create-project.ts';
import { deletePhase } from './projects/delete-phase.ts';
import { updatePhase } from './projects/update-phase.ts';
import { updateProject } from './projects/update-project.ts';
import { addDependency } from './tasks/add-dependency.ts';
import { createTask } from './tasks/create-task.ts';
import { linkEvent } from './tasks/link-event.ts';
import { mergeTasks } from './tasks/merge/merge-tasks.ts';
import { moveTask } from './tasks/move-task.ts';
import { removeDependency } from './tasks/remove-dependency.ts';
import { setTaskStatus } from './tasks/set-task-status.ts';
import { updateTask } from './tasks/update-task.ts';

type RecordKind = RecordOperation['kind'];

const executors: { readonly [Kind in RecordKind]: OperationExecutor<Kind> } = {
  create_project: createProject,
  update_project: updateProject,
  create_phase: createPhase,
  update_phase: updatePhase,
  delete_phase: deletePhase,
  create_task: createTask,
  update_task: updateTask,
  set_task_status: setTaskStatus,
  move_task: moveTask,
  merge_tasks: mergeTasks,
  add_dependency: addDependency,
  remove_dependency: removeDependency,
  link_event: linkEvent,
  create_note: createNote,
  update_note: updateNote,
  create_brain_dump: createBrainDump,
  update_brain_dump: updateBrainDump,
  link_brain_dump: linkBrainDump,
  update_user_context: updateUserContext,
  save_daily_brief: saveDailyBrief,
};

function executorOf<Kind extends RecordKind>(operation: { readonly kind: Kind }): OperationExecutor<Kind> {
  return executors[operation.kind];
}

export function isRecordOperation(operation: Operation): operation is RecordOperation {
  return !calendarKinds.some((kind) => kind === operation.kind);
}

/** The fields that an operation will change, as they are now. */
export async function snapshotBefore(context: OperationContext, operation: Operation): Promise<JsonObject | null> {
  return isRecordOperation(operation)
    ? await executorOf(operation).before(context, operation)
    : await calendarExecutor(operation).before(context, operation);
}

/** Does an operation. Throws `not_found`, `conflict` or `invalid_input`, or what the database throws. */
export async function executeOperation(
  context: OperationContext,
  operation: RecordOperation,
  before: Json,
): Promise<Executed> {
  return await executorOf(operation).execute(context, { operation, before });
}

/** Does operations in order, as many as possible together: see `executeInOrder`. */
export async function executeOperations(
  context: OperationContext,
  works: readonly { readonly operation: RecordOperation; readonly before: Json }[],
): Promise<readonly Executed[]> {
  return await executeInOrder<RecordKind>(context, works, executorOf);
}

/** Takes an operation back, unless its target was changed since, or the database's rules have come to stand against it. */
export async function undoOperation(
  context: OperationContext,
  operation: RecordOperation,
  undo: Json,
): Promise<UndoOutcome> {
  return await keptOnRefusal(context.tx, () => executorOf(operation).undo(context, { operation, undo }));
}
