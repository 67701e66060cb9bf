import type { ActivityDeps } from '../deps.ts';
import { guarded } from '../support/errors.ts';
import { admit } from './admit/admit.ts';
import type { ProjectParams, RecordsActivities } from './api.ts';
import { applyOperations } from './apply.ts';
import { choose } from './choose.ts';
import { compute } from './compute.ts';
import { writeChanges } from './project-changes.ts';
import { propose } from './propose.ts';
import { undoOperations } from './undo.ts';

async function project(deps: ActivityDeps, params: ProjectParams): Promise<void> {
  await deps.database.asService(async (tx) => await writeChanges(tx, params));
}

export function createRecordsActivities(deps: ActivityDeps): RecordsActivities {
  return {
    admit: guarded(async (params) => await admit(deps, params)),
    project: guarded(async (params) => await project(deps, params)),
    compute: guarded(async (params) => await compute(deps, params)),
    propose: guarded(async (params) => await propose(deps, params)),
    choose: guarded(async (params) => await choose(deps, params)),
    applyOperations: guarded(async (params) => await applyOperations(deps, params)),
    undoOperations: guarded(async (params) => await undoOperations(deps, params)),
  };
}
