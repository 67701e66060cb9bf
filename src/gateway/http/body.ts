import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { BodyLimits } from '../deps.ts';
import { HttpError } from '../errors/http-error.ts';
import type { Route } from './route.ts';

const jsonTypes = ['application/json', 'application/*+json'];
const calendarTypes = ['text/calendar'];

async function runParser(parser: RequestHandler, request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    void parser(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
}

function hasBody(request: Request): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

function parserOf(route: Route, limit: number): RequestHandler {
  // Not `strict`, so that a bare string or number is told what is missing instead of being called malformed.
  return route.bodyType === 'calendar'
    ? express.text({ limit, type: calendarTypes, defaultCharset: 'utf-8' })
    : express.json({ limit, type: jsonTypes, strict: false });
}

/**
 * Returns what reads the body of a route's requests. Nothing is read of a route that takes none. Throws 415 for another
 * content type; the parser's own errors are translated by `fromExpress`.
 */
export function createBodyReader(
  route: Route,
  limits: BodyLimits,
): (request: Request, response: Response) => Promise<unknown> {
  if (route.body === undefined) return async () => await Promise.resolve(undefined);
  const types = route.bodyType === 'calendar' ? calendarTypes : jsonTypes;
  const parser = parserOf(route, limits[route.bodyLimit ?? 'json']);
  return async function readBody(request, response) {
    // A missing body is an empty one: the checks then name every field that is missing.
    if (!hasBody(request)) return route.bodyType === 'calendar' ? '' : {};
    if (request.is(types) === false) {
      throw new HttpError('invalid_input', `Send the body as ${types[0]}.`, {
        status: 415,
        headers: { Accept: types.join(', ') },
        details: { accepted: types },
      });
    }
    await runParser(parser, request, response);
    const body: unknown = request.body;
    return body;
  };
}
