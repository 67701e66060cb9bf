import { NativeConnection } from '@temporalio/worker';
import { StewardError } from '../contract/errors.ts';
import { connectOptions } from './connection.ts';
import type { TemporalTarget } from './connection.ts';

/**
 * The connection that all workers of a process share; whoever opened it closes it after they stopped. In a file of its own,
 * because the worker package loads a native library of 30 MB. Throws `unavailable` when the server doesn't answer.
 */
export async function connectWorker(target: TemporalTarget): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(connectOptions(target));
  } catch (error) {
    const message = `Temporal at ${target.address} doesn't answer to workers: check TEMPORAL_ADDRESS and its TLS settings.`;
    throw new StewardError('unavailable', message, { cause: error });
  }
}
