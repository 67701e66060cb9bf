import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { StewardError } from '../../src/contract/errors.ts';
import type { ErrorCode } from '../../src/contract/errors.ts';

/** Codes that another try can cure; all others are final and shown to the person as they are. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'rate_limited', 'internal']);

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

/** The five-character SQLSTATE of an error from pg or PGlite, or Node's own code (`ECONNREFUSED`). */
function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

// Classes of SQLSTATE: 08 connection, 40 rolled back, 53 resources, 55 locked, 57 operator, 58 system.
const transientState = /^(08|40|53|55|57|58)/;
const transientNode = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EMFILE|EBUSY)/;
// 22 data, 23 constraint, 42 wrong SQL: the same statement fails the same way again. A unique key (23505) may be a race.
const finalState = /^(22|23|42)[0-9A-Z]{3}$/;

function foreignFailure(error: Error): ApplicationFailure {
  const code = codeOf(error) ?? '';
  if (transientState.test(code) || transientNode.test(code) || /connection terminated|timeout exceeded when trying to connect/i.test(error.message)) {
    return failureOf(new StewardError('unavailable', `The database or a file can't be reached: ${error.message}`, { cause: error }), true);
  }
  if (code === '23505') return failureOf(new StewardError('conflict', error.message, { cause: error }), true);
  if (code.startsWith('23')) return failureOf(new StewardError('conflict', error.message, { cause: error }), false);
  return failureOf(new StewardError('internal', error.message, { cause: error }), !finalState.test(code));
}

/**
 * What an activity throws, as Temporal should see it: the code as `type`, the details kept, and final unless another try
 * can cure it. Failures that are Temporal's own, cancellation among them, pass unchanged.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof StewardError) return failureOf(error, retryableCodes.has(error.code));
  if (!(error instanceof Error)) return ApplicationFailure.create({ message: String(error), type: 'internal' });
  return error.name === 'AbortError' ? error : foreignFailure(error);
}

/** An activity whose errors are mapped once, here. */
export function guarded<Params, Result>(activity: (params: Params) => Promise<Result>): (params: Params) => Promise<Result> {
  return async (params) => {
    try {
      return await activity(params);
    } catch (error) {
      throw toFailure(error);
    }
  };
}
