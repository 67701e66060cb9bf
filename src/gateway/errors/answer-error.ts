import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { requestIdOf } from '../middleware/access-log.ts';
import { fromExpress } from './http-error.ts';
import { toProblem } from './problem.ts';

/** Answers an error as a problem document; logs those that are ours to mend. */
export function answerError(
  thrown: unknown,
  target: { readonly request: Request; readonly response: Response; readonly log: Logger },
): void {
  const { request, response, log } = target;
  const error = fromExpress(thrown);
  const requestId = requestIdOf(request);
  const { status, headers, body } = toProblem(error, requestId);
  if (status >= 500) log.error({ requestId, err: error }, 'Request failed');
  // A half-sent answer can only be cut off.
  if (response.headersSent) return void response.destroy();
  response.status(status).set(headers).type('application/problem+json').send(JSON.stringify(body));
}
