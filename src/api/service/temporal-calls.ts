import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { StewardError } from '../../contract/errors.ts';

// gRPC status codes that say "not now": CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE.
const awayCodes: ReadonlySet<number> = new Set([1, 2, 4, 8, 10, 14]);

/** Whether an error of the Temporal client means that the server (or a worker behind it) can't be reached now. */
export function isAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  if (isGrpcServiceError(error)) return awayCodes.has(error.code);
  return error instanceof ServiceError && error.cause !== undefined && isAway(error.cause);
}

function unavailable(cause?: unknown): StewardError {
  return new StewardError('unavailable', 'Temporal, or a worker of the run, does not answer now. Nothing was lost; try again.', { cause });
}

/**
 * Calls Temporal with an overall deadline in ms. The client's own retries last up to 18 s with the server away, so the
 * deadline is also raced. Throws `unavailable` when nobody answers in time; other errors pass unchanged.
 */
export async function callTemporal<T>(client: Client | null, deadlineMs: number, call: (client: Client) => Promise<T>): Promise<T> {
  if (client === null) throw unavailable();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable()), deadlineMs);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + deadlineMs, async () => await call(client)), late]);
  } catch (error) {
    throw isAway(error) ? unavailable(error) : error;
  } finally {
    clearTimeout(timer);
  }
}
