import { StewardError } from '../../src/contract/errors.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Applied, ApplyParams } from './api.ts';
import { executeOperation, isRecordOperation } from './operations/registry.ts';
import { applyFamily } from './proposals/apply-family.ts';
import type { Family } from './proposals/apply-family.ts';

const records: Family = {
  name: 'records',
  includes: (stored) => isRecordOperation(stored.operation),
  execute: async (tx, { run }, { stored }) => {
    if (!isRecordOperation(stored.operation)) throw new StewardError('internal', 'Not an operation on records.');
    return await executeOperation({ tx, userId: run.userId, runId: run.runId }, stored.operation, stored.before);
  },
};

/** Applies the accepted operations on records, each once, all in one transaction. */
export async function applyOperations(deps: ActivityDeps, params: ApplyParams): Promise<Applied> {
  return await applyFamily(deps, records, params);
}
