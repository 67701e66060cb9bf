import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';

/** `sent`: the request may have reached a model, so it may have cost something. */
export type Fault = {
  readonly kind: 'fault';
  readonly fault: 'rate_limited' | 'server' | 'connection' | 'timeout' | 'cut' | 'unknown_model' | 'not_allowed' | 'bad_request' | 'aborted';
  readonly message: string;
  readonly retryAfterMs: number | null;
  readonly sent: boolean;
};

const longestRetryMs = 3_600_000;

/** `Retry-After` as ms: seconds, or an HTTP date. */
export function readRetryAfter(header: string | null | undefined, nowMs: number): number | null {
  if (header === null || header === undefined) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.min(longestRetryMs, Math.max(0, ms)) : null;
}

function faultOfStatus(status: number): Fault['fault'] {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403 || status === 402) return 'not_allowed';
  if (status === 404) return 'unknown_model';
  if (status === 408) return 'timeout';
  return status >= 500 ? 'server' : 'bad_request';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return own === '' ? codeOf(error.cause) : own;
}

// Refused or unresolved: nothing was sent. Anything else may have been cut after the model had worked.
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** What went wrong with a call, whatever the client threw. */
export function readFault(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const base = { kind: 'fault', message, retryAfterMs: null } as const;
  if (error instanceof APIUserAbortError) return { ...base, fault: 'aborted', sent: true };
  if (error instanceof APIConnectionTimeoutError) return { ...base, fault: 'timeout', sent: true };
  if (error instanceof APIConnectionError) {
    const unsent = neverSent.test(codeOf(error.cause ?? error));
    return { ...base, fault: unsent ? 'connection' : 'cut', sent: !unsent };
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    const retryAfterMs = readRetryAfter(error.headers?.get('retry-after'), Date.now());
    return { ...base, fault: faultOfStatus(error.status), retryAfterMs, sent: false };
  }
  // A body that ended early or was no JSON.
  return { ...base, fault: 'cut', sent: true };
}
