import { createRequire } from 'node:module';
import path from 'node:path';
import { static as serveFiles, type Express } from 'express';
import type { Endpoint } from './endpoint.ts';
import { openApiDocument } from './openapi.ts';

const PAGE = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tài liệu API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: false });`;

/** `/openapi.json`, generated from the contracts, and a reader for it from our own origin. */
export async function mountDocs(app: Express, endpoints: readonly Endpoint[]): Promise<void> {
  const document = JSON.stringify(openApiDocument(endpoints));
  const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.get('/openapi.json', (_request, response) => void response.type('json').send(document));
  app.get('/docs', (_request, response) => {
    // The reader sets styles of its own; scripts still come from here only.
    response.set(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    response.type('html').send(PAGE);
  });
  app.get('/docs/start.js', (_request, response) => void response.type('text/javascript').send(START));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    app.use(`/docs/${file}`, serveFiles(path.join(folder, file)));
}
