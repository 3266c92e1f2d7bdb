import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { DAY_MS } from '../../server/kernel/clock.ts';
import { aCaseWorker, aColleague, stranger, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import { rowCounts } from '../support/log-book.ts';
import { registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

async function saveDraft(who: Person, draftId: string, content: object) {
  return who.put(`/api/drafts/${draftId}`, { page: 1, content });
}

it('an unfinished registration is kept and opened again word for word', async () => {
  const id = randomUUID();
  const content = { incident: { narrative: canary('Đang kể ') }, nonsense: [1, 'hai', null] };
  expect((await saveDraft(worker, id, content)).body).toMatchObject({ id, version: 1 });
  expect(
    (await worker.put(`/api/drafts/${id}`, { page: 3, content: { ...content, more: canary() } })).body,
  ).toMatchObject({ version: 2 });
  const opened = await worker.get(`/api/drafts/${id}`);
  expect(opened.body).toMatchObject({ page: 3, content, version: 2 });
});

it('a draft belongs to its author alone, even among colleagues', async () => {
  const id = randomUUID();
  await saveDraft(worker, id, { note: canary() });
  for (const other of [await aColleague(app), await stranger(app)]) {
    expect((await other.get(`/api/drafts/${id}`)).problem.code).toBe('NOT_FOUND');
    expect((await other.delete(`/api/drafts/${id}`)).problem.code).toBe('NOT_FOUND');
    expect((await other.get<{ items: unknown[] }>('/api/drafts')).body.items).toEqual([]);
  }
  expect((await worker.get(`/api/drafts/${id}`)).status).toBe(200);
});

it('nobody can write over another person’s draft, nor learn that it is there', async () => {
  const id = randomUUID();
  const content = { note: canary() };
  await saveDraft(worker, id, content);
  const tried = await saveDraft(await stranger(app), id, { note: canary() });
  expect(tried.problem.code).toBe('NOT_FOUND');
  expect((await worker.get(`/api/drafts/${id}`)).body).toMatchObject({ content, version: 1 });
});

it('a discarded draft is gone', async () => {
  const id = randomUUID();
  await saveDraft(worker, id, {});
  expect((await worker.delete(`/api/drafts/${id}`)).status).toBe(204);
  expect((await worker.get(`/api/drafts/${id}`)).problem.code).toBe('NOT_FOUND');
});

it('registering destroys the draft it grew from', async () => {
  const id = randomUUID();
  await saveDraft(worker, id, { note: canary() });
  await registerCase(app, worker, { ...aViolenceCase(app.clock), draftId: id });
  expect((await worker.get(`/api/drafts/${id}`)).problem.code).toBe('NOT_FOUND');
});

it('somebody else’s draft survives a registration that names it', async () => {
  const id = randomUUID();
  await saveDraft(worker, id, { note: canary() });
  await registerCase(app, await stranger(app), { ...aViolenceCase(app.clock), draftId: id });
  expect((await worker.get(`/api/drafts/${id}`)).status).toBe(200);
});

it('a draft is gone after seven days, and is swept from the database', async () => {
  const id = randomUUID();
  await saveDraft(worker, id, { note: canary() });
  app.clock.advance(6.9 * DAY_MS);
  expect((await worker.get(`/api/drafts/${id}`)).status).toBe(200);
  app.clock.advance(0.2 * DAY_MS);
  expect((await worker.get(`/api/drafts/${id}`)).problem.code).toBe('NOT_FOUND');
  expect(
    (await worker.get<{ items: { id: string }[] }>('/api/drafts')).body.items.map((draft) => draft.id),
  ).not.toContain(id);
  await app.database.ask(`update hien.registration_draft set expires_at = now() - interval '1 second'`);
  await app.database.ask('select hien.purge_expired()');
  expect((await rowCounts(app))['registration_draft']).toBe(0);
});

it('a draft lies sealed in the database', async () => {
  const word = canary('Lời kể ');
  const id = randomUUID();
  await saveDraft(worker, id, { narrative: word });
  const [row] = await app.database.ask<{ sealed: Buffer; whole: string }>(
    'select sealed, d::text as whole from hien.registration_draft d where id = $1',
    [id],
  );
  expect(row?.sealed.includes(Buffer.from(word))).toBe(false);
  expect(row?.whole).not.toContain(word);
  expect((row?.sealed.length ?? 0) % 256).toBe(32 - 1);
});
