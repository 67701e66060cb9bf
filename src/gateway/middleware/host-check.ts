import type { NextFunction, Request, Response } from 'express';
import { HttpError } from '../errors/http-error.ts';

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Refuses requests that name another host: a page on the web can point its own name at 127.0.0.1 and have a browser talk
 * to whatever listens there (DNS rebinding).
 */
export function createHostCheck(allowedHosts: readonly string[] | null) {
  return function checkHost(request: Request, _response: Response, next: NextFunction): void {
    const host = request.headers.host ?? '';
    if (allowedHosts === null || allowedHosts.includes(nameOf(host))) return next();
    next(
      new HttpError(
        'forbidden',
        `This server does not answer to the host name in the request. It answers to: ${allowedHosts.join(', ')}.`,
        { status: 421 },
      ),
    );
  };
}
