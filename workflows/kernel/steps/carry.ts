import type { RunChange } from '../../../src/contract/events.ts';
import { giveBack, takeChanges } from '../state/changes.ts';
import type { RunContext } from '../state/context.ts';

/** Lets an activity call carry the pending changes; they come back if the call fails, since writing them twice is harmless. */
export async function carrying<T>(
  context: RunContext,
  call: (changes: readonly RunChange[]) => Promise<T>,
): Promise<T> {
  const changes = takeChanges(context);
  try {
    return await call(changes);
  } catch (error) {
    giveBack(context, changes);
    throw error;
  }
}
