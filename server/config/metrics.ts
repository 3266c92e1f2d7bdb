import * as z from 'zod';

/** Where figures for monitoring are served: on a listener of their own, or nowhere. */
export const metricsSettings = z.object({
  /** Not the port that people use: behind a reverse proxy on the same machine every stranger there comes from loopback. */
  HIEN_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  HIEN_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
});

/** `null`: nothing is measured and nobody listens. */
export type MetricsConfig = Readonly<{ port: number; host: string }> | null;

export function metricsOf(env: z.output<typeof metricsSettings>): MetricsConfig {
  const { HIEN_METRICS_PORT: port, HIEN_METRICS_HOST: host } = env;
  return port === undefined ? null : { port, host };
}
