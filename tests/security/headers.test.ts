import { expect, it } from 'vitest';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aClient } from '../support/http.ts';
import { registerCase } from '../support/seed.ts';

const app = await startApp();
const secure = await startApp({ database: app.database, config: { hasSecureCookies: true } });
const worker = await aCaseWorker(app);
const { id } = await registerCase(app, worker);
const PATHS = [
  '/',
  '/healthz',
  '/readyz',
  '/openapi.json',
  '/.well-known/jwks.json',
  '/api/me',
  `/api/cases/${id}`,
  '/api/nothing',
  '/exit',
];

it.each(PATHS)('%s says no to storing, embedding, sniffing and telling where one came from', async (path) => {
  const { headers } = await (path === '/exit' ? aClient(app.url) : worker).get(path);
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['x-robots-tag']).toContain('noindex');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

it('the content security policy lets nothing in from elsewhere and no script from the page itself', async () => {
  const policy = String((await worker.get('/api/me')).headers['content-security-policy']);
  const parts = new Map(policy.split(';').map((part) => [part.trim().split(' ')[0], part.trim().split(' ').slice(1)]));
  expect(parts.get('default-src')).toEqual([`'none'`]);
  expect(parts.get('script-src')).toEqual([`'self'`]);
  expect(parts.get('frame-ancestors')).toEqual([`'none'`]);
  expect(parts.get('base-uri')).toEqual([`'none'`]);
  expect(parts.get('form-action')).toEqual([`'self'`]);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(parts.get('style-src')?.[1]).toMatch(/^'nonce-[A-Za-z0-9+/]{22}=='$/);
});

it('every answer has a nonce of its own', async () => {
  const nonces = await Promise.all(
    [1, 2, 3].map(
      async () => /nonce-[^']+/.exec(String((await worker.get('/api/me')).headers['content-security-policy']))?.[0],
    ),
  );
  expect(new Set(nonces).size).toBe(3);
});

it('the session cookie is for this site and HTTP alone; over TLS it is bound to the host', async () => {
  const { username, password } = worker;
  const [plain] = (await aClient(app.url).post('/api/session', { username, password })).headers['set-cookie'] ?? [];
  expect(plain).toMatch(/^so=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const overTls = await aClient(secure.url).post('/api/session', { username, password });
  expect(overTls.headers['set-cookie']?.[0]).toMatch(
    /^__Host-so=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  expect(overTls.headers['strict-transport-security']).toContain('max-age=31536000');
});

it('an answer to one person carries no tag that a shared cache could match', async () => {
  expect((await worker.get('/api/cases')).headers).not.toHaveProperty('etag');
  expect((await worker.get(`/api/cases/${id}`)).headers['etag']).toBe('"1"');
});

it('health and readiness tell that the parts answer, and nothing of them', async () => {
  expect((await aClient(app.url).get('/healthz')).body).toEqual({ status: 'ok' });
  const ready = await aClient(app.url).get('/readyz');
  expect(ready).toMatchObject({ status: 200, body: { status: 'ready', database: true, custodian: true } });
});
