import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACTIONS, COMMAND_ACTIONS, SYSTEM_ACTIONS } from '../../server/policy/actions.ts';
import { loadPolicies } from '../../server/policy/engine.ts';
import { allEndpoints } from '../support/endpoints.ts';

const endpoints = allEndpoints();
const { policies } = loadPolicies();

it('every route has an action of the list, a summary in both languages and an answer', () => {
  expect(endpoints.length).toBeGreaterThan(40);
  for (const { method, path, action, summary, answer } of endpoints) {
    const name = `${method} ${path}`;
    expect(ACTIONS, name).toContain(action);
    expect(
      [summary.vi, summary.en].every((words) => words.length > 2),
      name,
    ).toBe(true);
    expect(answer, name).toBeDefined();
  }
});

it('every action that a route has is permitted by at least one policy', () => {
  for (const action of new Set(endpoints.map((endpoint) => endpoint.action)))
    expect(
      policies.some((policy) => policy.text.includes('permit') && policy.text.includes(`"${action}"`)),
      action,
    ).toBe(true);
});

it('every action of the list has a route, so that none is decided and never asked', () => {
  const used = new Set(endpoints.map((endpoint) => endpoint.action));
  for (const action of ACTIONS) expect(used, action).toContain(action);
});

it('every deed that the source names is on one of the lists, and every list names deeds that the source has', () => {
  const all: readonly string[] = [...ACTIONS, ...COMMAND_ACTIONS, ...SYSTEM_ACTIONS];
  const sources = globSync('server/**/*.ts')
    .filter((file) => !file.endsWith('policy/actions.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const named = [...sources.matchAll(/\baction: ['"`]([^'"`]+\.[^'"`]+)['"`]/g)].map(([, action = '']) => action);
  expect(named.length).toBeGreaterThan(50);
  for (const action of named) expect(all).toContain(action);
  for (const action of all) expect(sources, action).toContain(`'${action}'`);
});

it('no two routes have the same method and address', () => {
  const names = endpoints.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
  expect(new Set(names).size).toBe(names.length);
});

it('a body comes with an example, a change of something versioned with If-Match, an object with its parameter', () => {
  for (const { method, path, body, example, subject, params, needsVersion } of endpoints) {
    const name = `${method} ${path}`;
    expect(example !== undefined, name).toBe(body !== undefined);
    expect(needsVersion === true, name).toBe(method === 'patch');
    if ('param' in subject) expect(path, name).toContain(`:${subject.param}`);
    expect(params !== undefined, name).toBe(path.includes(':'));
  }
});

it('everything but signing in, unlocking and leaving asks for a session', () => {
  const open = endpoints
    .filter((endpoint) => endpoint.access !== undefined && endpoint.access !== 'staff')
    .map((endpoint) => endpoint.action);
  expect(open.toSorted()).toEqual(['session.end', 'session.open', 'session.unlock']);
});

it('each policy names itself and says what it means in both languages', () => {
  for (const { id, vi, en } of policies) {
    expect(id).toMatch(/^[a-z]+\.[a-z_]+$/);
    expect(vi.normalize('NFC'), id).toBe(vi);
    expect(
      [vi, en].every((note) => note.length > 20),
      id,
    ).toBe(true);
  }
});
