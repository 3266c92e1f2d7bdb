import type { Express, Request } from 'express';
import type { Pool } from 'pg';

/** `audit` tells whether the log is sealed in time; a log that lags is an alarm, and no reason to turn people away. */
export type HealthParts = {
  pool: Pool;
  isCustodianReady: () => Promise<boolean>;
  audit: () => Promise<{ isSound: boolean; reason: string | null; mergeDelayMs: number | null }>;
};

/** `/healthz`: the process lives. `/readyz`: database and custodian answer, and the audit log is sealed in time. */
export function mountHealth(app: Express, parts: HealthParts): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (request, response) => {
    const isDatabaseAnswering = parts.pool.query('select 1').then(
      () => true,
      () => false,
    );
    const [isDatabaseReady, isCustodianReady, audit] = await Promise.all([
      isDatabaseAnswering,
      parts.isCustodianReady(),
      parts.audit(),
    ]);
    const isReady = isDatabaseReady && isCustodianReady;
    response.status(isReady ? 200 : 503).json({
      status: isReady ? 'ready' : 'not ready',
      database: isDatabaseReady,
      custodian: isCustodianReady,
      audit: audit.isSound,
      ...(audit.reason === null ? {} : { auditReason: audit.reason }),
      // How busy the system is, is nobody's business outside of this machine.
      ...(isLocal(request) ? { mergeDelayMs: audit.mergeDelayMs } : {}),
    });
  });
}

function isLocal({ ip }: Request): boolean {
  return ip !== undefined && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip);
}
