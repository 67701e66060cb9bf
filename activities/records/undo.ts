import { StewardError } from '../../src/contract/errors.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Undone, UndoParams } from './api.ts';
import { isRecordOperation, undoOperation } from './operations/registry.ts';
import { undoFamily } from './proposals/undo-family.ts';
import type { UndoingFamily } from './proposals/undo-family.ts';

const records: UndoingFamily = {
  name: 'records',
  undo: async (tx, { run }, stored) => {
    if (!isRecordOperation(stored.operation)) throw new StewardError('internal', 'Not an operation on records.');
    return await undoOperation({ tx, userId: run.userId, runId: run.runId }, stored.operation, stored.undo);
  },
};

/** Takes applied operations back, newest first; what was changed since stays as it is. */
export async function undoOperations(deps: ActivityDeps, params: UndoParams): Promise<Undone> {
  return await undoFamily(deps, records, params);
}
