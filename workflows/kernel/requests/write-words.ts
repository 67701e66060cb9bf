import { patched } from '@temporalio/workflow';
import { flush } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';

/**
 * Writes what a person said before the body goes on. Changes ride on the next activity otherwise, and of several side by
 * side only one carries them: the others could gather their facts without the answer. Asked once an execution, since
 * executions from before this was so replay without it to their end.
 */
export async function writeWords(context: RunContext): Promise<void> {
  context.writesWords ??= patched('write-words-before-going-on');
  if (context.writesWords) await flush(context);
}
