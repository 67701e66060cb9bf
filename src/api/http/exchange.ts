import { StewardError } from '../../contract/errors.ts';
import { toError } from './problem.ts';

const mostTries = 4;
// A server that asks for more patience than this is told to the caller instead.
const longestWaitMs = 10_000;

/** What of one exchange decides whether it is tried again. */
export type Attempt = { readonly url: string; readonly init: RequestInit; readonly readOnly: boolean };

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** How long to wait before trying again, or null when it would not help. */
function patience(response: Response, { readOnly }: Attempt, backoffMs: number): number | null {
  const asked = retryAfterMs(response);
  if (response.status === 503 && asked !== null) return asked <= longestWaitMs ? asked : null;
  return readOnly && (response.status === 502 || response.status === 504) ? backoffMs : null;
}

/** Nobody answered at an address. */
export function unreachable(url: string, cause: unknown): StewardError {
  const { origin } = new URL(url);
  return new StewardError('unavailable', `Steward can't be reached at ${origin}. Is it running?`, { cause });
}

/**
 * Sends, and sends again a few times what got lost on a read or what the server wants later (503 with Retry-After).
 * Throws what the server says, or `unavailable`.
 */
export async function exchange(
  attempt: Attempt,
  options: { readonly fetch: typeof globalThis.fetch; readonly retryMs: number },
): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const backoffMs = options.retryMs * 2 ** (tries - 1);
    const response = await options
      .fetch(attempt.url, attempt.init)
      .catch((error: unknown) => unreachable(attempt.url, error));
    const failed = response instanceof StewardError;
    const lostMs = attempt.readOnly ? backoffMs : null;
    const wait = failed ? lostMs : patience(response, attempt, backoffMs);
    if (wait === null || tries >= mostTries) {
      if (failed) throw response;
      if (!response.ok) throw await toError(response);
      return response;
    }
    if (!failed) await response.body?.cancel();
    await pause(wait);
  }
}
