import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { flush } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';
import { StopRequested } from '../failures.ts';

/** Whether the history is long enough for the server to suggest a fresh one. */
function shouldContinue(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

/** Whether no step may begin any more: a person stopped the run, or its body has failed. */
export function isEnding(context: RunContext): boolean {
  return context.state.stopping !== null || context.ending;
}

/** Goes on in a new execution with the whole state. Never returns: it throws, and nobody may catch what it throws. */
export async function continueRun(context: RunContext): Promise<never> {
  await flush(context);
  await condition(allHandlersFinished);
  return await continueAsNew({ state: context.state });
}

/**
 * Between two steps: here a run pauses, stops, or continues as new. A continuation waits for the steps under way in
 * other branches, since their results are in nobody's memo yet.
 */
export async function border(context: RunContext): Promise<void> {
  const { state } = context;
  for (;;) {
    if (isEnding(context)) throw new StopRequested(state.stopping?.reason ?? null);
    if (state.paused !== null) {
      await flush(context);
      await condition(() => state.paused === null || isEnding(context) || mayContinue(context));
      if (state.paused === null || isEnding(context)) continue;
    }
    if (!shouldContinue()) return;
    if (context.inFlight === 0) await continueRun(context);
    await condition(() => context.inFlight === 0 || isEnding(context) || state.paused !== null);
  }
}

/** For waits at a border: the history is long and nothing else is under way. */
export function mayContinue(context: RunContext): boolean {
  return shouldContinue() && context.inFlight === 0;
}
