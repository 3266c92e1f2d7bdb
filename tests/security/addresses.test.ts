import request from 'supertest';
import { expect, it } from 'vitest';
import { startApp } from '../support/app.ts';

const app = await startApp();

it('an address that is none, and a method that an address does not take, are problems and not pages', async () => {
  const unknown = await request(app.url).get('/api/nothing-here');
  expect([unknown.status, unknown.body.code, unknown.type]).toEqual([404, 'NOT_FOUND', 'application/problem+json']);
  const wrongMethod = await request(app.url).put('/api/cases').send({});
  expect([wrongMethod.status, wrongMethod.body.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
});

it('without a session every operation but signing in answers the same, whatever the address names', async () => {
  const operations = app.context.endpoints.filter((endpoint) => endpoint.access !== 'public');
  expect(operations.length).toBeGreaterThan(30);
  for (const { method, path } of operations) {
    const named = path.replaceAll(/:\w+/g, '0197c1c8-0280-7b00-8b00-0000000000ff');
    const answer = await request(app.url)
      [method](named)
      .send(method === 'get' ? undefined : {});
    expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 401, 'SIGN_IN_REQUIRED']);
  }
});

it('the quick exit needs nothing: it forgets the browser’s copies and leaves for a dull page', async () => {
  const answer = await request(app.url).get('/exit').redirects(0);
  expect(answer.status).toBe(303);
  expect(answer.headers['clear-site-data']).toContain('"cache"');
  expect(answer.headers['location']).toBe(app.context.config.exitUrl);
});
