import { createServer, type Server } from 'node:http';
import type { Metrics } from './open-metrics.ts';

/**
 * Serves `GET /metrics` and nothing else, on an address of its own: who reaches it, is settled by where it is bound, which no
 * header and no proxy in front of the application can change. Rejects where the address is taken.
 */
export function listenMetrics(metrics: Metrics, { port, host }: { port: number; host: string }): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
