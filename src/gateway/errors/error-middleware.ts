import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { fromExpress } from './http-error.ts';
import { toProblem } from './problem.ts';

/** Answers every error as a problem document; logs those that are ours to mend. */
export function createErrorMiddleware(log: Logger) {
  // Express tells an error handler by its four parameters.
  return function answerError(thrown: unknown, request: Request, response: Response, _next: NextFunction): void {
    const error = fromExpress(thrown);
    const requestId = String(request.id);
    const { status, headers, body } = toProblem(error, requestId);
    if (status >= 500) log.error({ requestId, err: error }, 'Request failed');
    // A half-sent answer can only be cut off.
    if (response.headersSent) return void response.destroy();
    response.status(status).set(headers).type('application/problem+json').send(JSON.stringify(body));
  };
}
