import { CancellationScope } from '@temporalio/workflow';
import type { ChooseParams, Chosen } from '../../../activities/records/api.ts';
import { readErrorCode } from '../../../src/contract/errors.ts';
import { records } from '../activities.ts';
import { readFailure } from '../failures.ts';
import type { RunContext } from '../state/context.ts';
import type { StewardFault } from './fault.ts';

/** Checks a choice against a proposal whose operations are in the database. What goes wrong is the message's, not the run's. */
export async function chooseStored(
  context: RunContext,
  asked: Omit<ChooseParams, 'run'>,
): Promise<Chosen | StewardFault> {
  const params = { ...asked, run: context.state.admitted.run };
  const options = { summary: 'Check the choice' };
  try {
    return await CancellationScope.nonCancellable(
      async () => await records.choose.executeWithOptions(options, [params]),
    );
  } catch (error) {
    const failure = readFailure(error);
    if (failure === null) throw error;
    const { code, message, details } = failure;
    return { code: readErrorCode(code), message, details };
  }
}
