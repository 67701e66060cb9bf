import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import { StewardError } from '../contract/errors.ts';
import type { GatewayDeps } from './deps.ts';
import { createErrorMiddleware } from './errors/error-middleware.ts';
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

function refuseUnknown(request: Request, _response: Response, next: NextFunction): void {
  next(new StewardError('not_found', `There is nothing at ${request.method} ${request.path.slice(0, 200)}. The API is described at /docs.`));
}

/** Where `serveGateway` tells open streams that the server closes. */
export const closingKey = 'closing';

/** The HTTP gateway over a `StewardApi`: all routes of the API, its docs, probes and metrics. Serve it by `serveGateway`. */
export function createGateway(deps: GatewayDeps): Express {
  const app = express();
  const closing = new AbortController();
  app.locals[closingKey] = closing;
  configure(app);
  const metrics = createMetrics(deps.config, deps.metrics);
  const routes = [...allRoutes, metricsRoute(metrics)];
  app.use(createAccessLog(deps.log));
  app.use((request, response, next) => metrics.measure(request, response, next));
  app.use(createSecurityHeaders());
  app.use(createHostCheck(deps.config.allowedHosts));
  mountDocs(app, routes, deps);
  mountRoutes(app, routes, { deps, limit: createRateLimiter(deps.config.requestsPerMinute), closing: closing.signal });
  app.use(refuseUnknown);
  app.use(createErrorMiddleware(deps.log));
  return app;
}
