import { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { StewardError } from '../../src/contract/errors.ts';
import type { ErrorCode } from '../../src/contract/errors.ts';
import { toStewardError } from '../../src/db/errors.ts';
import { heartbeat } from './progress.ts';

/** Codes that another try can cure; all others are final and shown to the person as they are. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'rate_limited']);

function retryDelayMs(error: StewardError): number | undefined {
  const delay = error.details['retryAfterMs'];
  return typeof delay === 'number' && Number.isFinite(delay) && delay >= 0 ? delay : undefined;
}

function failureOf(error: StewardError, retryable: boolean): ApplicationFailure {
  const delay = retryable ? retryDelayMs(error) : undefined;
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: !retryable,
    details: [error.details],
    cause: error,
    ...(delay === undefined ? {} : { nextRetryDelay: delay }),
  });
}

// Faults of the code itself: tried again they would fail for ever and look like a run that works.
function isFault(error: unknown): boolean {
  if (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    error instanceof SyntaxError
  )
    return true;
  return (
    error instanceof Error &&
    (error.name === 'ZodError' || ('code' in error && typeof error.code === 'string' && error.code.startsWith('42')))
  );
}

/**
 * What an activity throws, as Temporal should see it: the code as `type`, the details kept, and final unless another try
 * can cure it. Failures that are Temporal's own, cancellation among them, pass unchanged.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  const known = toStewardError(error);
  if (known instanceof StewardError) return failureOf(known, retryableCodes.has(known.code));
  const message = error instanceof Error ? error.message : String(error);
  return failureOf(new StewardError('internal', message, { cause: error }), !isFault(error));
}

const heartbeatMs = 5_000;

/**
 * An activity whose errors are mapped once, here. One that takes longer than some seconds heartbeats, so that a killed
 * worker is noticed long before the activity's time is up; short ones cost nothing.
 */
export function guarded<Params, Result>(
  activity: (params: Params) => Promise<Result>,
): (params: Params) => Promise<Result> {
  return async (params) => {
    const context = Context.current();
    const timer = setInterval(() => heartbeat(context), heartbeatMs);
    try {
      return await activity(params);
    } catch (error) {
      throw toFailure(error);
    } finally {
      clearInterval(timer);
    }
  };
}
