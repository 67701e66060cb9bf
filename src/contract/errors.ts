import type { Json } from './json.ts';

/**
 * The closed set of things that go wrong. Each code is stable: it is the `type` of a problem document at the HTTP edge
 * and the `type` of an `ApplicationFailure` at Temporal's.
 */
export const errorCodes = [
  'invalid_input',
  'unauthorized',
  'forbidden',
  'not_found',
  'unknown_workflow_type',
  'conflict',
  'run_finished',
  'stale_digest',
  'no_open_request',
  'ambiguous_request',
  'idempotency_conflict',
  'payload_too_large',
  'rate_limited',
  'unavailable',
  'budget_exceeded',
  'request_expired',
  'model_failed',
  'model_refused',
  'unknown_outcome',
  'stale_attempt',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One thing wrong with an input: `path` is dotted (`input.userPrompt`), `message` says the fault and the way out. */
export type Problem = { readonly path: string; readonly message: string };

export type ErrorDetails = { readonly problems?: readonly Problem[]; readonly [key: string]: Json | undefined };

/** An error with a stable code; mapped once at each edge. */
export class StewardError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StewardError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Shorthand for the commonest refusal: one or more fields of an input are wrong. */
export function invalidInput(problems: readonly Problem[]): StewardError {
  const first = problems[0];
  const message = first === undefined ? 'The input is invalid.' : `${first.path}: ${first.message}`;
  return new StewardError('invalid_input', message, { details: { problems } });
}

/** A code as it came over a wire, or `internal` when it is none of ours. */
export function readErrorCode(code: string | null | undefined): ErrorCode {
  return errorCodes.find((known) => known === code) ?? 'internal';
}
