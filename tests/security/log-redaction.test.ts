import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { aCaseWorker, signIn } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { canary, foundIn } from '../support/canary.ts';
import { aClient } from '../support/http.ts';
import { registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const ascii = (): string => `tu${canary().replaceAll(/[^a-z]/g, '')}`;

/** Every way in which a word could slip into a log. */
const SLIPS: [string, (word: string) => Promise<unknown>][] = [
  [
    'in a body that is taken',
    (word) => worker.post('/api/cases', aViolenceCase(app.clock, { survivor: { fullName: word } })),
  ],
  [
    'in a body that is refused',
    (word) => worker.post('/api/cases', aViolenceCase(app.clock, { survivor: { sex: word, fullName: word } })),
  ],
  ['as the name of an unknown key', (word) => worker.post('/api/cases', { [word]: 1 })],
  ['in broken JSON', (word) => worker.call('POST', '/api/cases', { raw: `{"a": "${word}` })],
  ['in an address', (word) => worker.get(`/api/cases/${encodeURIComponent(word)}`)],
  ['in an address that is none', (word) => worker.get(`/${encodeURIComponent(word)}`)],
  ['in a query', (word) => worker.get(`/api/cases?name=${encodeURIComponent(word)}`)],
  ['in a search', (word) => worker.post('/api/cases/search', { fullName: word, birthYear: 1990 })],
  ['as a name at sign-in', (word) => aClient(app.url).post('/api/session', { username: word, password: word })],
  [
    'as a token',
    (word) => aClient(app.url).get('/api/me', { authorization: `Bearer ${Buffer.from(word).toString('base64url')}` }),
  ],
  [
    'as a cookie',
    (word) => aClient(app.url).get('/api/me', { cookie: `so=${Buffer.from(word).toString('base64url')}` }),
  ],
  ['as a purpose', (word) => worker.get('/api/cases', { 'access-purpose': Buffer.from(word).toString('base64url') })],
  [
    'as a key of idempotency',
    (word) => worker.post('/api/cases', {}, { 'idempotency-key': Buffer.from(word).toString('base64url') }),
  ],
];

it.each(SLIPS)('a word %s is in no log', async (_way, slip) => {
  const word = canary('Tên ');
  await slip(word);
  expect(foundIn(Buffer.from(app.logs()), [word, word.split(' ')[1] ?? word])).toEqual([]);
});

it('an error of the database, which quotes what was typed, is reduced to class and code', async () => {
  await app.database
    .ask(`create function hien.shout() returns trigger language plpgsql set search_path = pg_catalog as $$ begin
    raise exception 'cannot store %', encode(new.sealed, 'hex') using detail = 'Key (name)=(${ascii()}) exists', hint = new.id::text; end $$`);
  await app.database.ask(
    'create trigger shout before insert on hien.registration_draft for each row execute function hien.shout()',
  );
  const reply = await worker.put(`/api/drafts/${randomUUID()}`, { page: 1, content: { name: canary() } });
  await app.database.ask('drop trigger shout on hien.registration_draft');
  expect(reply.problem.code).toBe('INTERNAL');
  expect(reply.text).not.toContain('cannot store');
  const line =
    app
      .logs()
      .split('\n')
      .filter((each) => each.includes('request.failed'))
      .at(-1) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ error: { name: 'error', code: 'P0001' } });
  expect(line).not.toMatch(/cannot store|Key \(name\)/);
});

it('a line of the log has the pattern of a route, ids and durations, and nothing else', async () => {
  await registerCase(app, worker);
  await worker.get('/api/nothing/here?x=1');
  const allowed = ['level', 'time', 'event', 'request', 'method', 'route', 'status', 'code', 'ms', 'error'];
  const lines = app
    .logs()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const line of lines) for (const key of Object.keys(line)) expect(allowed).toContain(key);
  const routes = new Set(lines.map((line) => line['route']));
  for (const route of routes)
    expect(String(route)).toMatch(/^(undefined|other|page|(get|post|put|patch|delete) \/[\w/:.-]*)$/);
});

it('passwords, cookies and tokens are in no log either', async () => {
  const person = await signIn(app, 'huy.vhxh.sontra');
  const token = String((await person.post('/api/token')).body['accessToken']);
  await aClient(app.url, { authorization: `Bearer ${token}` }).get('/api/me');
  for (const secret of [person.password, person.cookie().split('=')[1] ?? '', token, token.split('.')[2] ?? ''])
    expect(app.logs()).not.toContain(secret);
});

it('the database server’s own log holds no word and no statement', async () => {
  const word = ascii();
  await app.database.ask(`select $1::uuid`, [word]).catch(() => {});
  await app.database.ask(`select * from hien."${word}"`).catch(() => {});
  const folder = inject('house').folder;
  const logs = (await readdir(folder)).filter((name) => name.includes('log'));
  expect(logs.length).toBeGreaterThan(0);
  for (const name of logs) {
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).not.toContain(word);
    expect(text).not.toMatch(/STATEMENT|select |insert /);
  }
});
