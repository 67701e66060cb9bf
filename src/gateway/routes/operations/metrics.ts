import { text } from '../../http/reply.ts';
import { defineRoute } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { Metrics } from '../../middleware/metrics.ts';

/** Figures for Prometheus; none of them is about a person, so a scraper needs no token. */
export function metricsRoute(metrics: Metrics): Route {
  return defineRoute({
    method: 'get',
    path: '/metrics',
    tag: 'Operations',
    operation: 'metrics',
    summary: 'Figures for Prometheus',
    access: 'public',
    answers: { 200: { description: "Prometheus' text format.", mediaType: 'text/plain' } },
    handle: async () => {
      const { mediaType, text: figures } = await metrics.render();
      return text(mediaType, figures);
    },
  });
}
