import { isCancellation } from '@temporalio/workflow';
import { readErrorCode } from '../../src/contract/errors.ts';
import type { RunEvent } from '../../src/contract/events.ts';
import type { Json } from '../../src/contract/json.ts';
import type { RunOutcome, RunStatus } from '../../src/contract/run.ts';
import { readFailure, runFailure, StopRequested } from './failures.ts';
import { flush, record, snapshot } from './state/changes.ts';
import type { RunContext } from './state/context.ts';
import { show } from './state/visibility.ts';
import { compensate } from './steps/apply.ts';

/** What the workflow returns, whichever way it ended without failing. */
export type RunEnd = { readonly outcome: RunOutcome; readonly result: Json };

type Finished = Extract<RunEvent, { readonly type: 'run.finished' }>;
type Ending = Pick<Finished, 'status' | 'outcome' | 'result' | 'errorCode' | 'errorMessage' | 'errorDetails'>;

/** Writes the run's end to the database, even when the run is cancelled. */
async function close(context: RunContext, ending: Ending & { readonly status: RunStatus }): Promise<void> {
  const { state } = context;
  state.status = ending.status;
  state.waitingOn = null;
  state.requests = {};
  show(context);
  record(context, { type: 'run.finished', ...ending, budget: snapshot(state.ledger) });
  await flush(context);
}

const noError = { errorCode: null, errorMessage: null, errorDetails: null } as const;

/** Ends a run whose body returned. */
export async function complete(context: RunContext, end: RunEnd): Promise<RunEnd> {
  await close(context, { status: 'completed', outcome: end.outcome, result: end.result, ...noError });
  return end;
}

/**
 * Ends a run whose body threw. A stopped run keeps what it finished and completes; a cancelled one takes back what is
 * half done and ends cancelled; a failure ends it failed, with its code. Anything else is a bug: rethrown, it fails the
 * workflow task, which is retried until mended code is deployed, so the run is not lost.
 */
export async function conclude(context: RunContext, error: unknown): Promise<RunEnd> {
  if (error instanceof StopRequested) {
    await close(context, { status: 'cancelled', outcome: 'stopped', result: null, ...noError });
    return { outcome: 'stopped', result: { reason: error.message } };
  }
  if (isCancellation(error)) {
    await compensate(context);
    await close(context, { status: 'cancelled', outcome: 'cancelled', result: null, ...noError });
    throw error;
  }
  const failure = readFailure(error);
  if (failure === null) throw error;
  const { code, message, details } = failure;
  const errorDetails = JSON.parse(JSON.stringify(details)) as Json;
  await close(context, {
    status: 'failed',
    outcome: 'failed',
    result: null,
    errorCode: code,
    errorMessage: message,
    errorDetails,
  });
  throw runFailure(readErrorCode(code), message, details);
}
