import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { ErrorCode, ErrorDetails } from '../../src/contract/errors.ts';

/** The failure of a run, by its stable code; only an `ApplicationFailure` ends a workflow. */
export function runFailure(code: ErrorCode, message: string, details: ErrorDetails = {}): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message, details: [details], nonRetryable: true });
}

/** Thrown at a step border of a run that was asked to stop. */
export class StopRequested extends Error {
  constructor(reason: string | null) {
    super(reason ?? 'stopped');
    this.name = 'StopRequested';
  }
}

export type FailureFacts = { readonly code: string; readonly message: string; readonly details: ErrorDetails };

function firstDetail(failure: ApplicationFailure): ErrorDetails {
  const [details] = failure.details ?? [];
  return typeof details === 'object' && details !== null ? (details as ErrorDetails) : {};
}

/** What went wrong, from whatever an activity or the kernel threw; null when it is neither's. */
export function readFailure(error: unknown): FailureFacts | null {
  if (error instanceof ApplicationFailure) {
    return { code: error.type ?? 'internal', message: error.message, details: firstDetail(error) };
  }
  if (!(error instanceof ActivityFailure)) return null;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) return readFailure(cause);
  if (cause instanceof TimeoutFailure) {
    const message = `${error.activityType} did not answer in time (${cause.timeoutType ?? 'timeout'}).`;
    return { code: 'unknown_outcome', message, details: {} };
  }
  return { code: 'internal', message: cause?.message ?? error.message, details: {} };
}
