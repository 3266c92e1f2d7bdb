import type { Express } from 'express';
import type { Pool } from 'pg';

/** `/healthz`: the process lives. `/readyz`: database and custodian answer. */
export function mountHealth(app: Express, parts: { pool: Pool; isCustodianReady: () => Promise<boolean> }): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const isDatabaseAnswering = parts.pool.query('select 1').then(
      () => true,
      () => false,
    );
    const [isDatabaseReady, isCustodianReady] = await Promise.all([isDatabaseAnswering, parts.isCustodianReady()]);
    const isReady = isDatabaseReady && isCustodianReady;
    response.status(isReady ? 200 : 503).json({
      status: isReady ? 'ready' : 'not ready',
      database: isDatabaseReady,
      custodian: isCustodianReady,
    });
  });
}
