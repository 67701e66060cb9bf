import { allHandlersFinished, CancellationScope, condition, ContinueAsNew } from '@temporalio/workflow';
import type { Json } from '../../src/contract/json.ts';
import type { StartArgument } from '../../src/contract/run.ts';
import { admit, provisional } from './admit.ts';
import { withAttempts } from './attempts.ts';
import { complete, conclude } from './finish.ts';
import type { RunEnd } from './finish.ts';
import { createRun } from './create-run.ts';
import { registerMessages, registerQueries } from './messages/register.ts';
import { openContext } from './state/context.ts';
import type { RunContext } from './state/context.ts';
import { openState } from './state/run-state.ts';
import type { RunState } from './state/run-state.ts';
import type { Run, TypeShape } from './types.ts';

/** What a run that continues as new hands to itself. */
export type Continuation = { readonly state: RunState };

/** How a body ends: `rejected` when the person turned the proposal down for good. */
export type BodyEnd<T extends TypeShape> = {
  readonly outcome?: 'completed' | 'rejected';
  readonly result: T['result'];
};

export type RunBody<T extends TypeShape> = (run: Run<T>, input: T['input']) => Promise<BodyEnd<T>>;

/**
 * Makes a workflow out of a body that reads like the process it describes. Everything every run does is added here:
 * admission, messages and queries, the end in all its kinds, and going on after a continuation.
 */
export function defineRun<T extends TypeShape>(
  type: string,
  body: RunBody<T>,
): (argument: StartArgument | Continuation) => Promise<RunEnd> {
  return async (argument) => {
    const continued = 'state' in argument;
    const context = openContext(continued ? argument.state : openState(provisional(type), Date.now()));
    registerMessages(context);
    registerQueries(context);
    try {
      if (!continued) await admit(context, type, argument);
      const end = await withAttempts(context, async () => await runBody(context, body));
      return await complete(context, end);
    } catch (error) {
      if (error instanceof ContinueAsNew) throw error;
      await windUp(context);
      return await conclude(context, error);
    } finally {
      await CancellationScope.nonCancellable(async () => await condition(allHandlersFinished));
    }
  };
}

/** Lets other branches finish the steps they are in: what they do is paid, and belongs into the run's budget. */
async function windUp(context: RunContext): Promise<void> {
  context.ending = true;
  await CancellationScope.nonCancellable(async () => await condition(() => context.inFlight === 0));
}

async function runBody<T extends TypeShape>(context: RunContext, body: RunBody<T>): Promise<RunEnd> {
  // The contract's schema checked it in `admit`; long texts are cut, the row keeps them whole.
  const input = context.state.admitted.input as T['input'];
  const end = await body(createRun<T>(context), input);
  const result: Json = end.result;
  return { outcome: end.outcome ?? 'completed', result };
}
