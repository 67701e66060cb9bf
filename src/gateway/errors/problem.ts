import { StewardError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import { HttpError } from './http-error.ts';
import { statusCodes } from './status-codes.ts';

/** A problem document (RFC 9457). `type` is stable; `instance` is the id of the request, as in the log. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly instance: string;
  readonly [detail: string]: Json | undefined;
};
export type ProblemAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
};

const retrySeconds = { unavailable: '1', rate_limited: '10' } as const;

function headersOf(error: StewardError): Readonly<Record<string, string>> {
  const given = error instanceof HttpError ? error.headers : {};
  if (error.code === 'unauthorized') return { 'WWW-Authenticate': 'Bearer realm="steward"', ...given };
  if (error.code === 'unavailable' || error.code === 'rate_limited')
    return { 'Retry-After': retrySeconds[error.code], ...given };
  return given;
}

/**
 * The answer to an error. Our own errors say what they say; of anything else, and of every 500, the caller learns the
 * request's id only: messages of libraries name hosts, tables and files.
 */
export function toProblem(error: unknown, requestId: string): ProblemAnswer {
  const known = error instanceof StewardError ? error : new StewardError('internal', 'unexpected');
  const { status: usual, title } = statusCodes[known.code];
  const status = known instanceof HttpError ? known.status : usual;
  const hidden = status === 500;
  const detail = hidden ? `Something went wrong here. The log has more under request ${requestId}.` : known.message;
  const own = {
    type: `/problems/${known.code.replaceAll('_', '-')}`,
    title,
    status,
    detail,
    code: known.code,
    instance: requestId,
  };
  return { status, headers: headersOf(known), body: { ...(hidden ? {} : known.details), ...own } };
}
