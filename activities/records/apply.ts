import { StewardError } from '../../src/contract/errors.ts';
import type { RecordOperation } from '../../src/contract/proposal.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Applied, ApplyParams } from './api.ts';
import { executeOperation, executeOperations, isRecordOperation } from './operations/registry.ts';
import { applyFamily } from './proposals/apply-family.ts';
import type { Family } from './proposals/apply-family.ts';
import type { StoredOperation } from './proposals/stored-proposal.ts';

function changeOf({ operation }: StoredOperation): RecordOperation {
  if (isRecordOperation(operation)) return operation;
  throw new StewardError('internal', 'Not an operation on records.');
}

const records: Family = {
  name: 'records',
  execute: async (context, stored) => await executeOperation(context, changeOf(stored), stored.before),
  executeAll: async (context, all) =>
    await executeOperations(
      context,
      all.map((stored) => ({ operation: changeOf(stored), before: stored.before })),
    ),
};

/** Applies the accepted operations on records, each once. */
export async function applyOperations(deps: ActivityDeps, params: ApplyParams): Promise<Applied> {
  return await applyFamily(deps, records, params);
}
