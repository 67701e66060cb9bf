import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { NextFunction, Request, Response } from 'express';
import type { GatewayConfig, MetricsSource } from '../deps.ts';

export type Metrics = {
  /** Measures every request; the route is its pattern, so that ids make no new series. */
  measure(request: Request, response: Response, next: NextFunction): void;
  /** Prometheus' text format. */
  render(): Promise<{ readonly mediaType: string; readonly text: string }>;
};

/** The pattern under which a response is counted; set by whoever finds its route. */
const patterns = new WeakMap<Response, string>();

export function countAs(response: Response, pattern: string): void {
  patterns.set(response, pattern);
}

function addRunGauge(registry: Registry, source: MetricsSource): void {
  const runs = new Gauge({
    name: 'steward_runs',
    help: 'Runs by status.',
    labelNames: ['status'],
    registers: [],
    async collect() {
      // Metrics of a gateway whose database is away are worth more than none.
      const counts = await source.countRuns().catch(() => null);
      this.reset();
      for (const [status, count] of Object.entries(counts ?? {})) this.set({ status }, count);
    },
  });
  registry.registerMetric(runs);
}

/** Metrics of one gateway, in a registry of its own. */
export function createMetrics(
  config: Pick<GatewayConfig, 'version' | 'processMetrics'>,
  source: MetricsSource | null,
): Metrics {
  const registry = new Registry();
  if (config.processMetrics) collectDefaultMetrics({ register: registry });
  if (source !== null) addRunGauge(registry, source);
  new Gauge({
    name: 'steward_build_info',
    help: 'Version of Steward.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: config.version, node: process.version }, 1);
  const seconds = new Histogram({
    name: 'steward_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return {
    measure(request, response, next) {
      const end = seconds.startTimer();
      response.once('close', () =>
        end({ method: request.method, route: patterns.get(response) ?? 'none', status: String(response.statusCode) }),
      );
      next();
    },
    async render() {
      return { mediaType: registry.contentType, text: await registry.metrics() };
    },
  };
}
