import type { RequestHandler } from 'express';
import { Counter, Histogram, Registry } from 'prom-client';
import { MINUTE_MS, type Clock } from '../../kernel/clock.ts';

/**
 * Figures by route lag behind, by design: where two wards share a system, one more "post /api/cases" in the minute in which a
 * woman left the office would say what she came for. Two states that are shown lie at least so far apart.
 */
const APART_MS = 15 * MINUTE_MS;

/** From a fast answer to the limit of a request. */
const BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type RequestMeters = { meter: RequestHandler; byRoute(): Promise<string> };

/** Requests by the class of their status at once, in `registry`; by route template as they stood up to a quarter of an hour ago. */
export function requestMeters(registry: Registry, clock: Clock): RequestMeters {
  const routes = new Registry();
  const ofAll = meters('hien_http', registry, []);
  const ofRoute = meters('hien_http_route', routes, ['route']);
  let shown: { at: number; text: Promise<string> } | undefined;
  return {
    meter(_request, response, next) {
      const startedAt = performance.now();
      response.on('finish', () => {
        const seconds = (performance.now() - startedAt) / 1000;
        const status_class = `${Math.floor(response.statusCode / 100)}xx`;
        // The template, never the address: that one has ids in it.
        const route = String(response.locals['route'] ?? 'other');
        ofAll.add({ status_class }, seconds);
        ofRoute.add({ route, status_class }, seconds);
      });
      next();
    },
    byRoute() {
      const now = clock.now();
      if (shown === undefined || now - shown.at >= APART_MS) shown = { at: now, text: routes.metrics() };
      return shown.text;
    },
  };
}

type Labels = { status_class: string; route?: string };

function meters(prefix: string, registry: Registry, labelNames: readonly 'route'[]) {
  const registers = [registry];
  const requests = new Counter<string>({
    name: `${prefix}_requests_total`,
    help: 'Requests that were answered, by the class of their status.',
    labelNames: ['status_class', ...labelNames],
    registers,
  });
  const duration = new Histogram<string>({
    name: `${prefix}_request_duration_seconds`,
    help: 'From the request to the end of its answer.',
    labelNames: [...labelNames],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  return {
    add({ status_class, ...route }: Labels, seconds: number): void {
      requests.inc({ ...route, status_class });
      duration.observe(route, seconds);
    },
  };
}
