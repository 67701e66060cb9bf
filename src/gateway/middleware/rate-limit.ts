import { rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler, Response } from 'express';
import type { Caller } from '../deps.ts';
import { HttpError } from '../errors/http-error.ts';

/** Counts a request of this caller. Throws `rate_limited` with Retry-After when the minute's share is used up. */
export type RateLimiter = (
  caller: Caller,
  exchange: { readonly request: Request; readonly response: Response },
) => Promise<void>;

/**
 * Limits requests by token and minute. By token and not by address: on loopback all programs share one, and none should
 * lock the others out.
 */
export function createRateLimiter(requestsPerMinute: number): RateLimiter {
  const callers = new WeakMap<Request, Caller>();
  const handler: RequestHandler = rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => {
      const caller = callers.get(request);
      return caller?.tokenId ?? caller?.userId ?? '';
    },
    handler: (_request, response, next) => {
      const wait = response.getHeader('Retry-After');
      next(
        new HttpError('rate_limited', `More than ${requestsPerMinute} requests within a minute.`, {
          status: 429,
          headers: { 'Retry-After': String(wait ?? 60) },
        }),
      );
    },
  });
  return async function countRequest(caller, { request, response }) {
    callers.set(request, caller);
    await new Promise<void>((resolve, reject) => {
      void handler(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
  };
}
