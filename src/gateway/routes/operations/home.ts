import { z } from 'zod';
import { dataOf } from '../../../schemas/views/common.ts';
import type { GatewayConfig } from '../../deps.ts';
import { ok, text } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';

type Link = { readonly title: string; readonly href: string };

function linksOf({ temporalUiUrl }: Pick<GatewayConfig, 'temporalUiUrl'>): readonly Link[] {
  return [
    { title: 'API documentation', href: '/docs' },
    { title: 'OpenAPI document', href: '/api/openapi.json' },
    ...(temporalUiUrl === null ? [] : [{ title: 'Temporal Web UI', href: temporalUiUrl }]),
    { title: 'Readiness', href: '/readyz' },
    { title: 'Metrics', href: '/metrics' },
  ];
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(plain: string): string {
  return plain.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

function pageOf(config: GatewayConfig): string {
  const items = linksOf(config).map(({ title, href }) => `<li><a href="${escape(href)}">${escape(title)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Steward</title><meta name="viewport" content="width=device-width">
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}</style></head>
<body><h1>Steward ${escape(config.version)}</h1>
<p>Durable agentic planning workflows. This is the API; drive it with the <code>steward</code> command.</p>
<ul>${items.join('')}</ul></body>
</html>
`;
}

export const homeRoutes = [
  defineRoute({
    method: 'get',
    path: '/',
    tag: 'Operations',
    operation: 'home',
    summary: 'What is here',
    access: 'public',
    answers: {
      200: {
        description: 'Links, as a page or as JSON.',
        schema: dataOf(
          z.object({
            name: z.string(),
            version: z.string(),
            links: z.array(z.object({ title: z.string(), href: z.string() })),
          }),
        ),
      },
    },
    handle: async ({ deps: { config }, accepts }) => {
      const best = accepts(['application/json', 'text/html']);
      const reply =
        best === 'text/html'
          ? text('text/html', pageOf(config))
          : ok({ name: 'Steward', version: config.version, links: linksOf(config) });
      return await Promise.resolve(reply);
    },
  }),
];
