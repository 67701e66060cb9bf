import type { NextFunction, Request, Response, Router } from 'express';
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

/** A route and what its requests are answered with. */
type Mounted = Mounting & { readonly route: Route; readonly readBody: ReturnType<typeof createBodyReader> };
type Call = { readonly request: Request; readonly response: Response };

async function findCaller({ deps, limit, route }: Mounted, { request, response }: Call): Promise<Caller> {
  if (route.access === 'public') return nobody;
  const caller = await authenticate(deps, request);
  await limit(caller, { request, response });
  requireAccess(caller, route.access);
  return caller;
}

type Found = { readonly caller: Caller; readonly messageId: string | undefined };

function exchangeOf(deps: GatewayDeps, request: Request, { caller, messageId }: Found): Exchange {
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
async function answer(mounted: Mounted, call: Call): Promise<Reply> {
  const { deps, route, readBody } = mounted;
  const { request, response } = call;
  const caller = await findCaller(mounted, call);
  const key = keyOf(route, request);
  const body = await readBody(request, response);
  const act = route.prepare({ params: request.params, query: request.query, body });
  const exchange = exchangeOf(deps, request, { caller, messageId: key });
  if (key === undefined) return await act(exchange);
  const requestHash = digestOf({ query: request.query, body });
  const claim = { userId: caller.userId, key, method: request.method, path: request.path, requestHash };
  const onTrouble = (error: unknown): void =>
    request.log.warn({ err: error }, 'The answer to an Idempotency-Key was not kept');
  const how = { waitMs: deps.config.idempotencyWaitMs, showsSecret: route.showsSecret === true, onTrouble };
  return await once({ store: deps.idempotency, request: claim, ...how }, async () => await act(exchange));
}

function mountRoute(router: Router, mounted: Mounted): void {
  const { route, closing, deps } = mounted;
  const { config } = deps;
  router[route.method](route.path, async (request: Request, response: Response) => {
    countAs(response, route.path);
    const reply = await withTimeout(config.requestTimeoutMs, async () => await answer(mounted, { request, response }));
    await sendReply(reply, { request, response, route, config, closing });
  });
}

function refuseMethod(allowed: readonly string[]) {
  return function answerMethod(request: Request, response: Response, next: NextFunction): void {
    const allow = allowed.join(', ');
    if (request.method === 'OPTIONS') return void response.status(204).set('Allow', allow).end();
    const message = `${request.method} is not possible here. Possible: ${allow}.`;
    next(new HttpError('invalid_input', message, { status: 405, headers: { Allow: allow } }));
  };
}

/** Serves the routes, and answers 405 with Allow to other methods of their paths. */
export function mountRoutes(router: Router, routes: readonly Route[], mounting: Mounting): void {
  const { bodyLimits } = mounting.deps.config;
  for (const route of routes) mountRoute(router, { ...mounting, route, readBody: createBodyReader(route, bodyLimits) });
  for (const [path, onPath] of Map.groupBy(routes, (route) => route.path)) {
    const methods = onPath.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    router.all(path, refuseMethod(methods));
  }
}
