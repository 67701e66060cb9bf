import type { JsonObject, Json } from '../../../src/contract/json.ts';
import type { Operation } from '../../../src/contract/proposal.ts';
import { addDependency } from './add-dependency.ts';
import { createPhase } from './create-phase.ts';
import { createProject } from './create-project.ts';
import { createTask } from './create-task.ts';
import type { Executed, OperationContext, UndoOutcome } from './executor.ts';
import { updateProject } from './update-project.ts';
import { updateTask } from './update-task.ts';

/** Operations on records; events are written by the calendar activities. */
export type RecordOperation = Exclude<Operation, { readonly kind: 'schedule_event' }>;

export function isRecordOperation(operation: Operation): operation is RecordOperation {
  return operation.kind !== 'schedule_event';
}

/** The fields that an operation will change, as they are now. */
export async function snapshotBefore(context: OperationContext, operation: Operation): Promise<JsonObject | null> {
  switch (operation.kind) {
    case 'update_project':
      return await updateProject.before(context, operation);
    case 'update_task':
      return await updateTask.before(context, operation);
    default:
      return null;
  }
}

/** Does an operation. Throws `not_found`, `conflict` or `invalid_input`, or what the database throws. */
export async function executeOperation(
  context: OperationContext,
  operation: RecordOperation,
  before: Json,
): Promise<Executed> {
  switch (operation.kind) {
    case 'create_project':
      return await createProject.execute(context, { operation, before });
    case 'update_project':
      return await updateProject.execute(context, { operation, before });
    case 'create_phase':
      return await createPhase.execute(context, { operation, before });
    case 'create_task':
      return await createTask.execute(context, { operation, before });
    case 'update_task':
      return await updateTask.execute(context, { operation, before });
    case 'add_dependency':
      return await addDependency.execute(context, { operation, before });
  }
}

/** Takes an operation back, unless its target was changed since. */
export async function undoOperation(
  context: OperationContext,
  operation: RecordOperation,
  undo: Json,
): Promise<UndoOutcome> {
  switch (operation.kind) {
    case 'create_project':
      return await createProject.undo(context, { operation, undo });
    case 'update_project':
      return await updateProject.undo(context, { operation, undo });
    case 'create_phase':
      return await createPhase.undo(context, { operation, undo });
    case 'create_task':
      return await createTask.undo(context, { operation, undo });
    case 'update_task':
      return await updateTask.undo(context, { operation, undo });
    case 'add_dependency':
      return await addDependency.undo(context, { operation, undo });
  }
}
