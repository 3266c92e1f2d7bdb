import { expect, it } from 'vitest';
import { aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { rowCounts } from '../support/log-book.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const host = new URL(app.url).host;

it.each([
  ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a page of a sibling host', { 'sec-fetch-site': 'same-site', origin: `http://other.${host}` }],
  ['another port of this host', { origin: 'http://127.0.0.1:1' }],
  ['a page without an origin', { origin: 'null' }],
  ['an origin that is none', { origin: 'nonsense' }],
  ['an old browser on another site', { origin: 'https://evil.example' }],
])('%s cannot write with a person’s cookie', async (_who, headers) => {
  const before = await rowCounts(app);
  for (const [method, path] of [
    ['POST', '/api/cases'],
    ['POST', '/api/session/lock'],
    ['DELETE', '/api/session'],
    ['POST', '/api/token'],
    ['POST', '/api/session'],
  ] as const) {
    const reply = await worker.call(method, path, {
      body: path === '/api/cases' ? aViolenceCase(app.clock) : {},
      headers,
    });
    expect(reply.problem, path).toMatchObject({ status: 403, code: 'ORIGIN_REFUSED' });
  }
  expect(await rowCounts(app)).toEqual(before);
  expect((await worker.get('/api/me')).status).toBe(200);
});

it.each([
  ['our own page', { 'sec-fetch-site': 'same-origin', origin: `http://${host}` }],
  ['an address typed by hand', { 'sec-fetch-site': 'none' }],
  ['a program', {}],
])('%s can', async (_who, headers) => {
  expect((await worker.post('/api/cases', aViolenceCase(app.clock), headers)).status).toBe(201);
});

it('a form of another site cannot even be read as a body', async () => {
  const reply = await worker.call('POST', '/api/cases', {
    raw: 'survivor=x',
    headers: { 'content-type': 'text/plain' },
  });
  expect(reply.problem.code).toBe('UNSUPPORTED_MEDIA_TYPE');
});

it('reading with GET changes nothing, wherever it comes from', async () => {
  const before = await rowCounts(app);
  await worker.get('/api/cases', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
  expect(await rowCounts(app)).toEqual(before);
});
