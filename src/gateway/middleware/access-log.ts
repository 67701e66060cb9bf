import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pinoHttp } from 'pino-http';
import type { Logger } from 'pino';

const quiet = new Set(['/healthz', '/readyz', '/metrics']);
const idPattern = /^[\w.-]{8,64}$/;

/** The caller's own request id where it has a usable one, else a new one; sent back as `X-Request-Id`. */
function chooseId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && idPattern.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

/** The id that the log, the answer's header and a problem document share. */
export function requestIdOf(request: IncomingMessage): string {
  return typeof request.id === 'string' ? request.id : '';
}

/** Path without query (it may hold personal text) and without a feed's secret. */
function loggedPath(url: string | undefined): string {
  const [path = ''] = (url ?? '').split('?');
  return path.replace(/(\/feed\/)[^/]+/, '$1…');
}

type Serialized = { readonly id: unknown; readonly method: unknown; readonly url: string | undefined };

/** One line a request: id, method, path, status, time. No headers and no bodies, so no token and no personal text. */
export function createAccessLog(log: Logger) {
  return pinoHttp({
    logger: log,
    genReqId: chooseId,
    autoLogging: { ignore: (request) => quiet.has(loggedPath(request.url)) },
    customLogLevel: (_request, response, error) =>
      error !== undefined || response.statusCode >= 500 ? 'warn' : 'info',
    serializers: {
      req: (request: Serialized) => ({ id: request.id, method: request.method, path: loggedPath(request.url) }),
      res: (response: { readonly statusCode: unknown }) => ({ status: response.statusCode }),
    },
    // Belt and braces: other code may log a request by this logger's children.
    redact: { paths: ['req.headers', 'res.headers', 'req.body', '*.authorization'], remove: true },
  });
}
