import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { withoutNul } from '../../contract/storable.ts';

export type FaultKind =
  | 'rate_limited'
  | 'server'
  | 'connection'
  | 'timeout'
  | 'cut'
  | 'bad_response'
  | 'unknown_model'
  | 'not_allowed'
  | 'refused'
  | 'too_long'
  /** The model lacks a way of output that was asked for: JSON Schema, JSON mode, tools. */
  | 'no_format'
  | 'bad_request'
  | 'aborted';

export type Fault = {
  readonly kind: 'fault';
  readonly fault: FaultKind;
  readonly message: string;
  readonly retryAfterMs: number | null;
  /** The request may have reached a model, so it may have cost something. */
  readonly sent: boolean;
};

const longestRetryMs = 3_600_000;

/** `Retry-After` as ms: seconds, or an HTTP date. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.min(longestRetryMs, Math.max(0, ms)) : null;
}

/** What a status means, by itself. */
export function faultOfStatus(status: number): FaultKind {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 402) return 'not_allowed';
  if (status === 403) return 'refused';
  if (status === 404) return 'unknown_model';
  if (status === 413) return 'too_long';
  if (status === 408) return 'timeout';
  return status >= 500 ? 'server' : 'bad_request';
}

// Endpoints word these two in their own ways, with one status for all of them.
const tooLong = /context.{0,20}(length|window|size)|maximum context|too many tokens|prompt is too long/i;
const noFormat =
  /response_format|json_schema|json_object|structured output|(not|that) support tool|tools? (is|are) not supported/i;

function faultOfError(error: { readonly status: number; readonly message: string }): FaultKind {
  const kind = faultOfStatus(error.status);
  if (kind !== 'bad_request' && kind !== 'unknown_model') return kind;
  if (tooLong.test(error.message)) return 'too_long';
  return noFormat.test(error.message) ? 'no_format' : kind;
}

// A gateway that gave up (502, 504 and Cloudflare's own) can't know whether the model behind it had worked.
function mayHaveCost(status: number): boolean {
  return status === 408 || status === 502 || status === 504 || (status >= 520 && status <= 527);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return own === '' ? codeOf(error.cause) : own;
}

// Refused or unresolved: nothing was sent. Anything else may have been cut after the model had worked.
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** What went wrong with a call, whatever the client threw. */
export function readFault(error: unknown, nowMs: number): Fault {
  const message = withoutNul(error instanceof Error ? error.message : String(error));
  const base = { kind: 'fault', message, retryAfterMs: null } as const;
  if (error instanceof APIUserAbortError) return { ...base, fault: 'aborted', sent: true };
  if (error instanceof APIError && typeof error.status === 'number') {
    // `instanceof` leaves the class's type parameters open.
    const headers: unknown = error.headers;
    const retryAfterMs = readRetryAfter(headers instanceof Headers ? headers.get('retry-after') : null, nowMs);
    return {
      ...base,
      fault: faultOfError({ status: error.status, message }),
      retryAfterMs,
      sent: mayHaveCost(error.status),
    };
  }
  if (neverSent.test(codeOf(error))) {
    return { ...base, message: `The endpoint can't be reached (${codeOf(error)}).`, fault: 'connection', sent: false };
  }
  if (error instanceof APIConnectionTimeoutError) return { ...base, fault: 'timeout', sent: true };
  if (error instanceof APIConnectionError) return { ...base, fault: 'cut', sent: true };
  // A body that ended early or was no JSON.
  return { ...base, message: `The answer broke off: ${message}`, fault: 'cut', sent: true };
}
