import { readFailure } from '../failures.ts';
import type { Run, TypeShape } from '../types.ts';

/**
 * Work that a run can do without: when no model gave a usable answer, its step says so, the run's events say `instead`,
 * and the run goes on with null. All other failures are the run's.
 */
export async function unlessModelFails<T extends TypeShape, V>(
  run: Pick<Run<T>, 'log'>,
  instead: string,
  work: () => Promise<V>,
): Promise<V | null> {
  try {
    return await work();
  } catch (error) {
    const failure = readFailure(error);
    if (failure?.code !== 'model_failed') throw error;
    run.log(`${failure.message} ${instead}`);
    return null;
  }
}
