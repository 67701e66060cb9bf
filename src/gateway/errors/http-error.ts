import { StewardError } from '../../contract/errors.ts';
import type { ErrorCode, ErrorDetails } from '../../contract/errors.ts';

export type HttpErrorOptions = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
};

/** A fault of the HTTP exchange itself, whose status says more than its code does (400, 405, 415). */
export class HttpError extends StewardError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options: HttpErrorOptions) {
    const { status, headers = {}, details = {}, cause } = options;
    super(code, message, { details, cause });
    this.name = 'HttpError';
    this.status = status;
    this.headers = headers;
  }
}

/** Fields that Express and its body parsers put on their errors (http-errors). */
function readFault(error: unknown): { readonly status: number; readonly type: string } | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  return { status: error.status, type: 'type' in error && typeof error.type === 'string' ? error.type : '' };
}

/** Our error for one that Express or a body parser threw; everything else is returned as it came. */
export function fromExpress(error: unknown): unknown {
  if (error instanceof StewardError) return error;
  const fault = readFault(error);
  if (fault === null || fault.status >= 500) return error;
  if (fault.status === 413) {
    const limit = error instanceof Error && 'limit' in error && typeof error.limit === 'number' ? error.limit : null;
    return new StewardError('payload_too_large', `The body is larger than ${limit ?? 'allowed'} bytes.`, {
      details: { limit },
      cause: error,
    });
  }
  if (fault.type === 'entity.parse.failed') {
    return new HttpError('invalid_input', 'The body is not valid JSON.', { status: 400, cause: error });
  }
  if (fault.status === 415)
    return new HttpError('invalid_input', 'The encoding or character set of the body is not supported.', {
      status: 415,
      cause: error,
    });
  return new HttpError('invalid_input', 'The request can’t be read.', { status: 400, cause: error });
}
