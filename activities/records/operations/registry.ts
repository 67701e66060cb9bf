import { StewardError } from '../../../src/contract/errors.ts';
import type { JsonObject, Json } from '../../../src/contract/json.ts';
import type { Operation, RecordOperation } from '../../../src/contract/proposal.ts';
import { calendarKinds } from '../../../src/contract/operations/calendar.ts';
import { toStewardError } from '../../../src/db/errors.ts';
import { inSavepoint } from '../../support/transaction.ts';
import type { Executed, OperationContext, OperationExecutor, UndoOutcome } from './executor.ts';
import { kept } from './executor.ts';
import { createPhase } from './projects/create-phase.ts';
import { createProject } from './projects/create-project.ts';
import { deletePhase } from './projects/delete-phase.ts';
import { updatePhase } from './projects/update-phase.ts';
import { updateProject } from './projects/update-project.ts';
import { addDependency } from './tasks/add-dependency.ts';
import { createTask } from './tasks/create-task.ts';
import { setTaskStatus } from './tasks/set-task-status.ts';
import { updateTask } from './tasks/update-task.ts';

type RecordKind = RecordOperation['kind'];

const executors: { readonly [Kind in RecordKind]?: OperationExecutor<Kind> } = {
  create_project: createProject,
  update_project: updateProject,
  create_phase: createPhase,
  update_phase: updatePhase,
  delete_phase: deletePhase,
  create_task: createTask,
  update_task: updateTask,
  set_task_status: setTaskStatus,
  add_dependency: addDependency,
};

function executorOf<Kind extends RecordKind>(operation: { readonly kind: Kind }): OperationExecutor<Kind> {
  const executor = executors[operation.kind];
  if (executor === undefined) throw new StewardError('internal', `${operation.kind} can't be applied yet.`);
  return executor;
}

export function isRecordOperation(operation: Operation): operation is RecordOperation {
  return !calendarKinds.some((kind) => kind === operation.kind);
}

/** The fields that an operation will change, as they are now. */
export async function snapshotBefore(context: OperationContext, operation: Operation): Promise<JsonObject | null> {
  if (!isRecordOperation(operation)) return null;
  return await executorOf(operation).before(context, operation);
}

/** Does an operation. Throws `not_found`, `conflict` or `invalid_input`, or what the database throws. */
export async function executeOperation(
  context: OperationContext,
  operation: RecordOperation,
  before: Json,
): Promise<Executed> {
  return await executorOf(operation).execute(context, { operation, before });
}

/** Takes an operation back, unless its target was changed since, or the database's rules have come to stand against it. */
export async function undoOperation(
  context: OperationContext,
  operation: RecordOperation,
  undo: Json,
): Promise<UndoOutcome> {
  try {
    return await inSavepoint(context.tx, async () => await executorOf(operation).undo(context, { operation, undo }));
  } catch (error) {
    const known = toStewardError(error);
    if (known instanceof StewardError && ['conflict', 'invalid_input', 'not_found'].includes(known.code))
      return kept(known.message);
    throw error;
  }
}
