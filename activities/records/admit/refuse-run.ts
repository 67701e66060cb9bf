import { defaultLimits } from '../../../src/contract/budget.ts';
import type { StewardError } from '../../../src/contract/errors.ts';
import type { RunChange } from '../../../src/contract/events.ts';
import type { Json } from '../../../src/contract/json.ts';
import type { Tx } from '../../support/transaction.ts';
import { writeChanges } from '../project-changes.ts';
import { freshBudget, registerRun } from './register-run.ts';
import type { Registration } from './register-run.ts';

function refusal(error: StewardError, at: string): RunChange {
  // Above any number that a run which was never admitted can have counted to.
  return {
    key: 'admit:refused',
    sequence: 100_000,
    at,
    event: {
      type: 'run.finished',
      status: 'failed',
      outcome: 'failed',
      result: null,
      errorCode: error.code,
      errorMessage: error.message,
      errorDetails: { problems: (error.details.problems ?? []).map((problem): Json => ({ ...problem })) },
      budget: freshBudget(defaultLimits),
    },
  };
}

/** Writes a run that may not start as failed, with every problem, so that whoever started it finds it in the list. */
export async function refuseRun(
  tx: Tx,
  refused: { readonly registration: Omit<Registration, 'projectId' | 'limits'>; readonly error: StewardError },
): Promise<void> {
  const { registration, error } = refused;
  await registerRun(tx, { ...registration, projectId: null, limits: defaultLimits });
  await writeChanges(tx, { run: registration.start.run, changes: [refusal(error, registration.at)] });
}
