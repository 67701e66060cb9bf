import type { Client } from '@temporalio/client';
import { StewardError } from '../../contract/errors.ts';
import { isAway } from '../../dispatcher/away.ts';

function unavailable(cause?: unknown): StewardError {
  return new StewardError(
    'unavailable',
    'Temporal, or a worker of the run, does not answer now. Nothing was lost; try again.',
    { cause },
  );
}

/**
 * Calls Temporal with an overall deadline in ms. The client's own retries last up to 18 s with the server away, so the
 * deadline is also raced. Throws `unavailable` when nobody answers in time; other errors pass unchanged.
 */
export async function callTemporal<T>(
  client: Client | null,
  deadlineMs: number,
  call: (client: Client) => Promise<T>,
): Promise<T> {
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
