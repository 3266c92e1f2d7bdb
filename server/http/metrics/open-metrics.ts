import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock } from '../../kernel/clock.ts';
import { auditGauges, type AuditPorts } from './audit-gauges.ts';
import { requestMeters } from './request-meters.ts';

export type Metrics = {
  /** Counts and times each request when its answer is out. */
  meter: RequestHandler;
  /** Everything as Prometheus reads it (text format 0.0.4). */
  text(): Promise<string>;
  contentType: string;
};

/**
 * Figures of this process for whoever keeps it running: how the log stands, how requests fare, what the process takes.
 * No label names an agency, a person, an area or a case.
 */
export function openMetrics(clock: Clock, audit: AuditPorts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = auditGauges(registry, audit);
  const requests = requestMeters(registry, clock);
  return {
    meter: requests.meter,
    contentType: registry.contentType,
    async text() {
      await gauges.look();
      const live = await registry.metrics();
      return `${live}\n${await requests.byRoute()}`;
    },
  };
}
