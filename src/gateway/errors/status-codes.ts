import type { ErrorCode } from '../../contract/errors.ts';

/** HTTP status and title of every code. What is not the caller's fault, nor a known state, is 500. */
export const statusCodes: Readonly<Record<ErrorCode, { readonly status: number; readonly title: string }>> = {
  invalid_input: { status: 422, title: 'The input is invalid' },
  unauthorized: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'This token may not do that' },
  not_found: { status: 404, title: 'There is no such thing' },
  unknown_workflow_type: { status: 404, title: 'There is no such workflow type' },
  conflict: { status: 409, title: 'The state of things does not allow it' },
  run_finished: { status: 409, title: 'The run has finished' },
  stale_digest: { status: 409, title: 'The proposal has changed' },
  no_open_request: { status: 409, title: 'Nothing is open' },
  ambiguous_request: { status: 409, title: 'More than one request is open' },
  request_expired: { status: 409, title: 'The deadline has passed' },
  budget_exceeded: { status: 409, title: 'The budget does not allow it' },
  idempotency_conflict: { status: 422, title: 'The Idempotency-Key was used for another request' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  rate_limited: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Something Steward needs is away' },
  model_failed: { status: 500, title: 'The model failed' },
  model_refused: { status: 500, title: 'The model refused' },
  unknown_outcome: { status: 500, title: 'The outcome is unknown' },
  stale_attempt: { status: 500, title: 'An attempt was overtaken' },
  internal: { status: 500, title: 'Something went wrong' },
};
