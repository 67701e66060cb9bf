import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { StewardError } from '../../contract/errors.ts';
import type { BodyLimits } from '../deps.ts';
import { HttpError } from '../errors/http-error.ts';
import { FileBody } from './file-body.ts';
import { readForm } from './form-body.ts';
import type { FormBody } from './form-body.ts';
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
  if (route.bodyType === 'file') return express.raw({ limit, type: () => true });
  // Not `strict`, so that a bare string or number is told what is missing instead of being called malformed.
  return route.bodyType === 'calendar'
    ? express.text({ limit, type: calendarTypes, defaultCharset: 'utf-8' })
    : express.json({ limit, type: jsonTypes, strict: false });
}

function tooLarge(error: unknown, limit: number): unknown {
  const isLimit = error instanceof Error && 'status' in error && error.status === 413;
  if (!isLimit) return error;
  const problem = { path: 'file', message: `the form is larger than ${limit} bytes: send fewer files at once` };
  const details = { limit, problems: [problem] };
  return new StewardError('payload_too_large', `file: ${problem.message}`, { details, cause: error });
}

function formReader({ form, file }: BodyLimits) {
  const parser = express.raw({ limit: form, type: () => true });
  return async function readFormBody(request: Request, response: Response): Promise<FormBody> {
    try {
      if (hasBody(request)) await runParser(parser, request, response);
    } catch (error) {
      throw tooLarge(error, form);
    }
    const body: unknown = request.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    return await readForm(bytes, { contentType: request.get('content-type') ?? '', fileSize: file });
  };
}

/** A file of any type, or a form with files; without a body it is an empty file. */
function fileReader(parser: RequestHandler, limits: BodyLimits) {
  const readFormBody = formReader(limits);
  return async function readFile(request: Request, response: Response): Promise<FileBody | FormBody> {
    if (/^multipart\/form-data\b/i.test(request.get('content-type') ?? ''))
      return await readFormBody(request, response);
    if (hasBody(request)) await runParser(parser, request, response);
    const body: unknown = request.body;
    const bytes = Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array();
    return new FileBody(request.get('content-type') ?? '', bytes);
  };
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
  if (route.bodyType === 'file') return fileReader(parser, limits);
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
