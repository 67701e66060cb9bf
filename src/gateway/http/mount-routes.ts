import type { Express, NextFunction, Request, Response } from 'express';
import type { Caller, GatewayDeps } from '../deps.ts';
import { HttpError } from '../errors/http-error.ts';
import { authenticate, nobody, requireAccess } from '../middleware/authenticate.ts';
import { countAs } from '../middleware/metrics.ts';
import type { RateLimiter } from '../middleware/rate-limit.ts';
import { createBodyReader } from './body.ts';
import { digestOf } from './digest.ts';
import { once, readKey } from './idempotency.ts';
import type { Exchange, Route } from './route.ts';
import type { Reply } from './reply.ts';
import { sendReply } from './send-reply.ts';
import { withTimeout } from './timeout.ts';

export type Mounting = { readonly deps: GatewayDeps; readonly limit: RateLimiter; readonly closing: AbortSignal };

async function findCaller(route: Route, request: Request, response: Response, { deps, limit }: Mounting): Promise<Caller> {
  if (route.access === 'public') return nobody;
  const caller = await authenticate(deps, request);
  await limit(caller, { request, response });
  requireAccess(caller, route.access);
  return caller;
}

function exchangeOf(request: Request, found: { readonly deps: GatewayDeps; readonly caller: Caller; readonly messageId: string | undefined }): Exchange {
  const { deps, caller, messageId } = found;
  return {
    api: deps.forCaller(caller),
    caller,
    messageId,
    deps,
    log: request.log,
    header: (name) => request.get(name),
    accepts: (mediaTypes) => {
      const best = request.accepts([...mediaTypes]);
      return best === false ? null : best;
    },
  };
}

function keyOf(route: Route, request: Request): string | undefined {
  return route.method === 'post' && route.access !== 'public' ? readKey(request.get('idempotency-key')) : undefined;
}

/** One request from its token to its reply: who, how often, what, whether again, and then the handler. */
async function answer(route: Route, request: Request, response: Response, tools: Mounting & { readonly readBody: ReturnType<typeof createBodyReader> }): Promise<Reply> {
  const { deps, readBody } = tools;
  const caller = await findCaller(route, request, response, tools);
  const key = keyOf(route, request);
  const body = await readBody(request, response);
  const act = route.prepare({ params: request.params, query: request.query, body });
  const exchange = exchangeOf(request, { deps, caller, messageId: key });
  if (key === undefined) return await act(exchange);
  const claim = { userId: caller.userId, key, method: request.method, path: request.path, requestHash: digestOf({ query: request.query, body }) };
  const onTrouble = (error: unknown): void => request.log.warn({ err: error }, 'The answer to an Idempotency-Key was not kept');
  const { idempotencyWaitMs: waitMs } = deps.config;
  return await once({ store: deps.idempotency, request: claim, waitMs, showsSecret: route.showsSecret === true, onTrouble }, async () => await act(exchange));
}

function mountRoute(app: Express, route: Route, mounting: Mounting): void {
  const { config } = mounting.deps;
  const readBody = createBodyReader(route, config.bodyLimits);
  app[route.method](route.path, async (request: Request, response: Response) => {
    countAs(response, route.path);
    const reply = await withTimeout(config.requestTimeoutMs, async () => await answer(route, request, response, { ...mounting, readBody }));
    await sendReply(reply, { request, response, route, config, closing: mounting.closing });
  });
}

function refuseMethod(allowed: readonly string[]) {
  return function answerMethod(request: Request, response: Response, next: NextFunction): void {
    const allow = allowed.join(', ');
    if (request.method === 'OPTIONS') return void response.status(204).set('Allow', allow).end();
    next(new HttpError('invalid_input', `${request.method} is not possible here. Possible: ${allow}.`, { status: 405, headers: { Allow: allow } }));
  };
}

/** Serves the routes, and answers 405 with Allow to other methods of their paths. */
export function mountRoutes(app: Express, routes: readonly Route[], mounting: Mounting): void {
  for (const route of routes) mountRoute(app, route, mounting);
  for (const [path, onPath] of Map.groupBy(routes, (route) => route.path)) {
    const methods = onPath.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    app.all(path, refuseMethod(methods));
  }
}
