import express from 'express';
import type { Express, Request } from 'express';
import { StewardError } from '../contract/errors.ts';
import type { GatewayDeps } from './deps.ts';
import { typeStreamRoutes } from './dialects/type-stream/type-stream-routes.ts';
import { answerError } from './errors/answer-error.ts';
import { mountRoutes } from './http/mount-routes.ts';
import { createAccessLog } from './middleware/access-log.ts';
import { createHostCheck } from './middleware/host-check.ts';
import { createMetrics } from './middleware/metrics.ts';
import { createRateLimiter } from './middleware/rate-limit.ts';
import { createSecurityHeaders } from './middleware/security-headers.ts';
import { mountDocs } from './openapi/docs-page.ts';
import { allRoutes } from './routes/all-routes.ts';
import { metricsRoute } from './routes/operations/metrics.ts';

function configure(app: Express): void {
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.set('etag', false);
  // Names to texts: no nested objects from `?a[b]=c`.
  app.set('query parser', 'simple');
}

function nothingAt(request: Request): StewardError {
  const where = `${request.method} ${request.path.slice(0, 200)}`;
  return new StewardError('not_found', `There is nothing at ${where}. The API is described at /docs.`);
}

/** Where `serveGateway` tells open streams that the server closes. */
export const closingKey = 'closing';

/** The HTTP gateway over a `StewardApi`: all routes of the API, its docs, probes and metrics. Serve it by `serveGateway`. */
export function createGateway(deps: GatewayDeps): Express {
  const { config, log } = deps;
  const app = express();
  const closing = new AbortController();
  app.locals[closingKey] = closing;
  configure(app);
  const metrics = createMetrics(config, deps.metrics);
  const routes = [...allRoutes, ...typeStreamRoutes(deps.streams), metricsRoute(metrics)];
  app.use(createAccessLog(log));
  app.use((request, response, next) => metrics.measure(request, response, next));
  app.use(createSecurityHeaders());
  const router = express.Router();
  router.use(createHostCheck(config.allowedHosts));
  mountDocs(router, routes, deps);
  mountRoutes(router, routes, { deps, limit: createRateLimiter(config.requestsPerMinute), closing: closing.signal });
  // What leaves the router, with an error or without an answer, is answered in this one place.
  app.use((request, response) => {
    void router(request, response, (error?: unknown) =>
      answerError(error ?? nothingAt(request), { request, response, log }),
    );
  });
  return app;
}
