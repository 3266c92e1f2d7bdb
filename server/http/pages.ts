import { readFile } from 'node:fs/promises';
import compression from 'compression';
import { static as serveFiles, type Express, type RequestHandler } from 'express';

const CLIENT = new URL('../../dist/client/', import.meta.url);

/** Only what is the same for everybody is compressed: lengths of personal answers must not tell about them. */
export function compressShared(app: Express): void {
  app.use(['/assets', '/docs', '/openapi.json', '/api/directory'], compression());
}

/** The client's files: hashed ones for ever, the page itself never cached and with a fresh nonce. */
export async function mountClient(app: Express): Promise<void> {
  const page = await readFile(new URL('index.html', CLIENT), 'utf8').catch(() => null);
  if (page === null) return;
  app.use(
    '/assets',
    cacheable,
    serveFiles(new URL('assets/', CLIENT).pathname, {
      immutable: true,
      maxAge: '1y',
      index: false,
      fallthrough: false,
      redirect: false,
    }),
  );
  app.use(serveFiles(CLIENT.pathname, { index: false, redirect: false, cacheControl: false }));
  app.get(/^\/(?!api\/|assets\/|\.well-known\/).*/, (_request, response) => {
    response.locals['route'] = 'page';
    response.type('html').send(page.replaceAll('__CSP_NONCE__', String(response.locals['nonce'])));
  });
}

/** Hashed files say nothing about anybody: they may stay, unlike every other answer. */
const cacheable: RequestHandler = (_request, response, next) => {
  response.removeHeader('Cache-Control');
  next();
};
