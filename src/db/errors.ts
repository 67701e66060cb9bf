import { StewardError } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/errors.ts';

type Failure = {
  readonly code: string;
  readonly message: string;
  readonly constraint: string | null;
  readonly column: string | null;
};

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
// Both drivers report a lost connection without a code.
const connectionMessages =
  /connection (terminated|ended)|connection error|timeout exceeded when trying to connect|timeout expired|driver has already been destroyed|pool after calling end|PGlite is clos|PGlite instance is already closed/i;

// By SQLSTATE, its class first where the whole class means the same.
const classCodes: Readonly<Record<string, ErrorCode>> = {
  '08': 'unavailable',
  '53': 'unavailable',
  '57': 'unavailable',
  '58': 'unavailable',
  '22': 'invalid_input',
};
const stateCodes: Readonly<Record<string, ErrorCode>> = {
  // A prepared statement outlived a change of its table: the connection is replaced.
  '0A000': 'unavailable',
  ST001: 'invalid_input',
  ST002: 'conflict',
  '23502': 'invalid_input',
  '23503': 'invalid_input',
  '23505': 'conflict',
  '23514': 'invalid_input',
  '25P03': 'unavailable',
  '25P04': 'unavailable',
  '40001': 'unavailable',
  '40P01': 'unavailable',
  '55P03': 'unavailable',
  '42501': 'forbidden',
};

function textOf(value: object, key: string): string | null {
  const text: unknown = Reflect.get(value, key);
  return typeof text === 'string' ? text : null;
}

function describe(error: object): Failure {
  return {
    code: textOf(error, 'code') ?? '',
    message: textOf(error, 'message') ?? '',
    constraint: textOf(error, 'constraint'),
    column: textOf(error, 'column'),
  };
}

function errorCode(failure: Failure): ErrorCode | null {
  if (connectionCodes.has(failure.code) || connectionMessages.test(failure.message)) return 'unavailable';
  if (!/^[0-9A-Z]{5}$/.test(failure.code)) return null;
  return stateCodes[failure.code] ?? classCodes[failure.code.slice(0, 2)] ?? null;
}

function explain(code: ErrorCode, failure: Failure): string {
  if (failure.code.startsWith('ST')) return failure.message;
  if (code === 'unavailable')
    return /^(40|0A|55)/.test(failure.code)
      ? 'The database had to break off the change: try again.'
      : 'The database can not be reached: try again in a moment.';
  if (failure.code === '23503')
    return `Refers to something that does not exist (${failure.constraint ?? 'reference'}).`;
  if (failure.code === '23505') return `Exists already (${failure.constraint ?? 'unique value'}).`;
  if (failure.code === '23502') return `${failure.column ?? 'A field'} must be given.`;
  if (failure.code === '23514') return `A value is not allowed (${failure.constraint ?? 'check'}).`;
  if (code === 'forbidden') return 'This row belongs to somebody else.';
  return `A value has the wrong form: ${failure.message}.`;
}

/**
 * What a driver or the database reported, as a `StewardError` where it has a meaning for the caller (`unavailable`,
 * `invalid_input`, `conflict`, `forbidden`), with the original as its cause; anything else comes back as it is.
 */
export function toStewardError(error: unknown): unknown {
  if (error instanceof StewardError || typeof error !== 'object' || error === null) return error;
  const failure = describe(error);
  const code = errorCode(failure);
  if (code === null) return error;
  const details = failure.code === '' ? {} : { sqlState: failure.code };
  return new StewardError(code, explain(code, failure), { details, cause: error });
}
