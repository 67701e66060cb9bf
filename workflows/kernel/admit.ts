import { CancellationScope, uuid4, workflowInfo } from '@temporalio/workflow';
import type { AdmitResult } from '../../activities/records/api.ts';
import { defaultLimits, openLedger } from '../../src/contract/budget.ts';
import type { StartArgument } from '../../src/contract/run.ts';
import { records } from './activities.ts';
import { runFailure } from './failures.ts';
import { record, snapshot } from './state/changes.ts';
import type { RunContext } from './state/context.ts';
import { showIdentity } from './state/visibility.ts';

const workflowIdPrefix = 'run-';

/** What stands until the run is admitted, so that it can be asked and told things from its first moment. */
export function provisional(type: string): AdmitResult {
  const { workflowId } = workflowInfo();
  const runId = workflowId.startsWith(workflowIdPrefix) ? workflowId.slice(workflowIdPrefix.length) : workflowId;
  return {
    run: { runId, userId: '', type },
    name: workflowId,
    projectId: null,
    input: {},
    options: {},
    limits: defaultLimits,
    contractVersion: 0,
    phases: [],
    timing: { timeoutMs: null, remindAfterMs: null, onDeadline: 'fail' },
    reservations: {},
  };
}

// The argument travels on to `admit` in a payload, which may have 256 KB.
const argumentChars = 200_000;

function checkSize(argument: StartArgument): void {
  const size = JSON.stringify(argument).length;
  if (size <= argumentChars) return;
  const message = `The input has ${size} characters; at most ${argumentChars} fit through Temporal. Start the run through the gateway, which keeps long texts in the database.`;
  throw runFailure('payload_too_large', message, { size, limit: argumentChars });
}

/** Checks the start against the contract and registers the run, whoever started it. */
export async function admit(context: RunContext, type: string, argument: StartArgument): Promise<void> {
  checkSize(argument);
  const { state } = context;
  const { workflowId, runId: temporalRunId } = workflowInfo();
  const params = { type, workflowId, temporalRunId, fallbackRunId: uuid4(), argument };
  const options = { activityId: 'admit', summary: 'Check the input and register the run' };
  // Not cancelled half-way: a run that may be registered must be able to write its end.
  state.admitted = await CancellationScope.nonCancellable(
    async () => await records.admit.executeWithOptions(options, [params]),
  );
  state.registered = true;
  state.ledger = { ...openLedger(state.admitted.limits), steps: state.ledger.steps };
  record(context, { type: 'run.status', status: state.status, waitingOn: null, reason: null });
  record(context, { type: 'budget.changed', budget: snapshot(state.ledger), reason: 'Budget at the start.' });
  showIdentity(context);
}
