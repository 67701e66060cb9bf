import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express from 'express';
import type { Request, Response, Router } from 'express';
import type { GatewayDeps } from '../deps.ts';
import type { Route } from '../http/route.ts';
import { countAs } from '../middleware/metrics.ts';
import { buildDocument } from './build-document.ts';

const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Steward API</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="/docs/assets/favicon-32x32.png"><link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

// A file of its own, since the content security policy forbids scripts in the page. No validator: it would be asked over the network.
const script = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null, persistAuthorization: false,
  docExpansion: 'list', defaultModelsExpandDepth: 0, presets: [SwaggerUIBundle.presets.apis], layout: 'BaseLayout' });
`;

function assetFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}

/** Serves the OpenAPI document and a page that shows it, all from here: it works without a network. */
export function mountDocs(
  router: Router,
  routes: readonly Route[],
  deps: Pick<GatewayDeps, 'describeTypes' | 'config'>,
): void {
  router.get('/api/openapi.json', async (_request: Request, response: Response) => {
    countAs(response, '/api/openapi.json');
    const types = await deps.describeTypes();
    response.json(buildDocument(routes, { version: deps.config.version, types }));
  });
  router.get('/docs', (_request: Request, response: Response) => {
    countAs(response, '/docs');
    response.type('html').send(html);
  });
  router.get('/docs/start.js', (_request: Request, response: Response) => {
    countAs(response, '/docs/*');
    response.type('text/javascript').send(script);
  });
  const files = express.static(assetFolder(), { index: false, redirect: false, maxAge: '1h' });
  for (const name of assets) {
    router.get(`/docs/assets/${name}`, (request, response, next) => {
      countAs(response, '/docs/*');
      request.url = `/${name}`;
      files(request, response, next);
    });
  }
}
