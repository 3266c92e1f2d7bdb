import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { AuditLine } from '../../server/audit/audit.contract.ts';
import { changeAreas } from '../../server/commands/areas.store.ts';
import { planAreas } from '../../server/commands/areas.rules.ts';
import { loadDirectory } from '../../server/directory/load-directory.store.ts';
import { notePolicies, policyDigests } from '../../server/policy/index.ts';
import { purgeExpired } from '../../server/retention/purge-expired.store.ts';
import { accountOf, aCaseWorker, auditor, signIn, stranger, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import type { Sending } from '../support/http.ts';
import { eventsOf } from '../support/log-book.ts';
import { aConsent, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const city = await auditor(app);
await app.database.ask(`insert into hien.staff_role values ($1, 'auditor')`, [accountOf('chau.ubnd.sontra').staffId]);
const ward = await signIn(app, 'chau.ubnd.sontra');

const BODIES: [string, Sending, string][] = [
  ['malformed JSON', { raw: '{"recipientAgencyId": ' }, 'MALFORMED_JSON'],
  ['a body over the limit', { raw: JSON.stringify({ note: 'a'.repeat(300_000) }) }, 'BODY_TOO_LARGE'],
  [
    'a form',
    { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['a body that is not the gzip it says', { raw: '{}', headers: { 'content-encoding': 'gzip' } }, 'MALFORMED_JSON'],
  ['a key that is none', { body: {}, headers: { 'idempotency-key': 'short' } }, 'VALIDATION_FAILED'],
];

it.each(BODIES)('%s of a signed-in person is refused and recorded with the case it was meant for', async (...row) => {
  const [, sending, reason] = row;
  const { id } = await registerCase(app, worker);
  const events = await eventsOf(app, async () => {
    expect((await worker.call('POST', `/api/cases/${id}/consents`, sending)).problem.code).toBe(reason);
  });
  expect(events).toMatchObject([
    { action: 'consent.record', outcome: 'refused', reason, actor: worker.staffId, objectKind: 'case', objectId: id },
  ]);
});

it('a body that a stranger breaks tells her nothing: her event and her answer are those of a case that does not exist', async () => {
  const { id } = await registerCase(app, worker);
  const other = await stranger(app);
  for (const caseId of [id, randomUUID()]) {
    const [event] = await eventsOf(app, async () => {
      const { problem } = await other.call('POST', `/api/cases/${caseId}/consents`, { raw: '{"a' });
      expect(problem.code).toBe('NOT_FOUND');
    });
    expect(event).toMatchObject({ action: 'consent.record', outcome: 'refused', reason: 'NOT_FOUND' });
  }
});

it('a body of nobody is not even read, and leaves no event', async () => {
  const events = await eventsOf(app, async () => {
    const reply = await worker.call('POST', '/api/cases', { raw: '{"a', headers: { cookie: 'so=x' } });
    expect(reply.problem.code).toBe('SIGN_IN_REQUIRED');
  });
  expect(events).toEqual([]);
});

it('an id that is none is an event without an object; what was typed in its place is not in it', async () => {
  const typed = canary();
  const events = await eventsOf(app, () => worker.get(`/api/cases/${encodeURIComponent(typed)}`));
  expect(events).toMatchObject([{ action: 'case.open', outcome: 'refused', reason: 'NOT_FOUND', objectId: null }]);
  expect(JSON.stringify(events)).not.toContain(typed);
});

it('a locked screen that somebody works at leaves events of the session, but no actor', async () => {
  const person = await signIn(app, 'huy.vhxh.sontra');
  const session = { objectKind: 'session', owner: person.agencyId };
  const events = await eventsOf(app, async () => {
    await person.post('/api/session/lock');
    await person.get('/api/cases');
    await person.post('/api/session/unlock', { password: canary() });
    await person.post('/api/session/unlock', { password: person.password });
    await person.post('/api/token');
    await person.delete('/api/session');
  });
  expect(events).toMatchObject([
    { action: 'session.lock', outcome: 'done', actor: person.staffId },
    { action: 'case.list', outcome: 'refused', reason: 'SESSION_LOCKED', actor: null, ...session },
    { action: 'session.unlock', outcome: 'refused', reason: 'SIGN_IN_FAILED', actor: null, ...session },
    { action: 'session.unlock', outcome: 'done', ...session },
    { action: 'session.issue_token', outcome: 'done', actor: person.staffId },
    { action: 'session.end', outcome: 'done', reason: null, ...session },
  ]);
  expect(new Set(events.map((event) => event.objectId)).size).toBe(1);
});

it('the quick exit is told from signing out, and a word in Access-Purpose is in no event', async () => {
  const person = await signIn(app, 'huy.vhxh.sontra');
  const events = await eventsOf(app, () => person.get('/exit', { 'access-purpose': 'tim-vo' }));
  expect(events).toMatchObject([{ action: 'session.end', outcome: 'done', reason: 'QUICK_EXIT', purpose: null }]);
  const [failed] = await eventsOf(app, () =>
    person.post('/api/session', { username: 'x', password: 'x' }, { 'access-purpose': 'tim-vo' }),
  );
  expect(failed).toMatchObject({ action: 'session.open', purpose: null });
});

it('access rules that changed are on record at the next start, with what is in force now; unchanged ones leave nothing', async () => {
  const ports = app.context.performer.appPorts;
  const files = await policyDigests();
  expect(await eventsOf(app, () => notePolicies(ports, files))).toEqual([]);
  const other = files.map((digest) => (digest.startsWith('cedar:') ? `cedar:${'0'.repeat(64)}` : digest));
  const [event] = await eventsOf(app, () => notePolicies(ports, other));
  expect(event).toMatchObject({ action: 'policy.changed', actor: 'system:start', objectKind: 'policy' });
  expect(event?.fields.map((digest) => digest.split(':')[0])).toEqual([
    'cedar',
    'disclosure',
    'row_security',
    'rows_in_force',
  ]);
  await notePolicies(ports, files);
  await app.database.ask('create policy opened_by_hand on hien.consent for select to hien_app using (true)');
  const [byHand] = await eventsOf(app, () => notePolicies(ports, files));
  expect(byHand?.fields.filter((digest) => !event?.fields.includes(digest)).map((each) => each.split(':')[0])).toEqual([
    'cedar',
    'rows_in_force',
  ]);
  await app.database.ask('drop policy opened_by_hand on hien.consent');
  expect(await eventsOf(app, () => notePolicies(ports, files))).toHaveLength(1);
});

it('a directory that changes leaves an event, by release or by import; one that stays the same leaves none', async () => {
  expect(await eventsOf(app, () => loadDirectory(app.ownerUrl))).toEqual([]);
  await app.database.ask(`update hien.service set name_vi = name_vi || ' cũ' where code = 'LEGAL_AID'`);
  await app.database.ask(`update hien.hotline set number = '000' where code = (select min(code) from hien.hotline)`);
  expect(await eventsOf(app, () => loadDirectory(app.ownerUrl))).toMatchObject([
    { action: 'directory.load', actor: 'system:directory', fields: expect.arrayContaining(['hotline']) },
  ]);
  const rows = [{ code: '99', name: 'Tỉnh Mới', parent: null }];
  const write = (isDryRun: boolean) => () =>
    changeAreas(app.ownerUrl, { isDryRun, onRows: () => {} }, (existing) =>
      planAreas(rows, { existing, from: '2026-12-01' }),
    );
  expect(await eventsOf(app, write(true))).toEqual([]);
  expect(await eventsOf(app, write(false))).toMatchObject([
    { action: 'directory.import_areas', actor: 'system:import-areas', fields: ['area'], count: 1 },
  ]);
});

async function actionsSeenBy(person: Person, query: string): Promise<string[]> {
  const { body } = await person.get<{ items: AuditLine[] }>(`/api/audit/events?limit=200${query}`);
  return body.items.map((line) => line.action);
}

it('what belongs to no agency is shown to an auditor of all agencies, and to no other', async () => {
  await purgeExpired(app.context.performer.appPorts);
  for (const action of ['policy.changed', 'directory.import_areas', 'retention.purge']) {
    expect(await actionsSeenBy(city, `&action=${action}`), action).toContain(action);
    expect(await actionsSeenBy(ward, `&action=${action}`), action).toEqual([]);
  }
});

it('what goes by the clock is shown when it is asked for, and otherwise left out', async () => {
  await purgeExpired(app.context.performer.appPorts);
  expect(await actionsSeenBy(city, '')).not.toContain('retention.purge');
  expect(await actionsSeenBy(city, '&class=delete')).toContain('retention.purge');
});

it('the log is filtered by class, and names the job that acted', async () => {
  await worker.post(`/api/cases/${(await registerCase(app, worker)).id}/consents`, aConsent(app));
  expect(new Set(await actionsSeenBy(city, '&class=create'))).toEqual(new Set(['case.register', 'consent.record']));
  const { body } = await city.get<{ items: AuditLine[] }>('/api/audit/events?class=policy&limit=1');
  expect(body.items).toMatchObject([{ actor: null, job: 'start', class: 'policy', action: 'policy.changed' }]);
  expect((await city.get('/api/audit/events?class=gossip')).problem.code).toBe('VALIDATION_FAILED');
});
