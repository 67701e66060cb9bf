import { condition, ContinueAsNew, isCancellation, uuid4 } from '@temporalio/workflow';
import { attemptDelayMs, isCurable } from '../../src/contract/attempts.ts';
import type { AttemptPolicy } from '../../src/contract/attempts.ts';
import type { Json } from '../../src/contract/json.ts';
import { readFailure, StopRequested } from './failures.ts';
import type { FailureFacts } from './failures.ts';
import { flush, record } from './state/changes.ts';
import { beginAnew } from './state/context.ts';
import type { RunContext } from './state/context.ts';
import { refreshStatus, show } from './state/visibility.ts';
import { continueRun, mayContinue } from './steps/border.ts';

/**
 * Runs the body, and again after a failure that another try could cure, as often as the run may be tried. A later attempt
 * passes over the steps that were finished by their memos, so nothing finished is done or paid again.
 */
export async function withAttempts<T>(context: RunContext, body: () => Promise<T>): Promise<T> {
  for (;;) {
    if (context.state.retry !== undefined) await waitForNext(context);
    try {
      return await body();
    } catch (error) {
      const policy = context.state.admitted.attempts;
      const failure = curable(context, error);
      if (policy === undefined || failure === null) throw error;
      await endBranches(context);
      planNext(context, policy, failure);
    }
  }
}

/** What failed, when the run may be tried again after it; null when it is over. */
function curable({ state }: RunContext, error: unknown): FailureFacts | null {
  if (error instanceof ContinueAsNew || error instanceof StopRequested || isCancellation(error)) return null;
  const left = (state.admitted.attempts?.maxAttempts ?? 1) - (state.attempt ?? 1);
  const failure = readFailure(error);
  return failure !== null && left > 0 && state.stopping === null && isCurable(failure.code) ? failure : null;
}

/** Lets the other branches of the body end: what they are in is finished and kept, what they wait for is withdrawn. */
async function endBranches(context: RunContext): Promise<void> {
  context.ending = true;
  await condition(() => context.entered === 0);
}

function planNext(context: RunContext, policy: AttemptPolicy, failure: FailureFacts): void {
  const { state } = context;
  const failed = state.attempt ?? 1;
  const now = Date.now();
  state.attempt = failed + 1;
  state.retry = { timerId: uuid4(), sinceMs: now, dueMs: now + attemptDelayMs(failed, policy.baseMs) };
  refreshStatus(context, `Attempt ${failed} of ${policy.maxAttempts} failed: ${failure.message}`);
  record(context, {
    type: 'run.retrying',
    attempt: state.attempt,
    maxAttempts: policy.maxAttempts,
    at: new Date(state.retry.dueMs).toISOString(),
    errorCode: failure.code,
    errorMessage: failure.message,
    errorDetails: JSON.parse(JSON.stringify(failure.details)) as Json,
  });
}

/** Waits until the next attempt is due. A paused run stays paused beyond that; a stopped one ends here. */
async function waitForNext(context: RunContext): Promise<void> {
  const { state } = context;
  for (;;) {
    await flush(context);
    if (state.stopping !== null) throw new StopRequested(state.stopping.reason);
    const leftMs = (state.retry?.dueMs ?? 0) - Date.now();
    if (leftMs <= 0 && state.paused === null) break;
    if (mayContinue(context)) await continueRun(context);
    await untilSomethingHappens(context, leftMs);
  }
  delete state.retry;
  beginAnew(context);
  refreshStatus(context);
  show(context);
}

async function untilSomethingHappens(context: RunContext, leftMs: number): Promise<void> {
  const { state } = context;
  const held = state.paused !== null;
  const happened = (): boolean =>
    state.stopping !== null || (state.paused !== null) !== held || state.pending.length > 0 || mayContinue(context);
  if (held) await condition(happened);
  else await condition(happened, leftMs);
}
