import { expect, it } from 'vitest';
import { aCaseWorker, signIn, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { aClient } from '../support/http.ts';
import { eventsOf } from '../support/log-book.ts';
import { registerCase } from '../support/seed.ts';

const app = await startApp();

/** Moves the marks of a person's sessions into the past, as the database's clock sees them. */
async function age(who: Person, column: 'last_seen_at' | 'expires_at' | 'locked_at', by: string): Promise<void> {
  await app.database.ask(
    `update hien.staff_session set ${column} = clock_timestamp() - $2::interval where staff_id = $1 and ended_at is null`,
    [who.staffId, by],
  );
}

it('nothing answers without a session, and a cookie that was made up is none', async () => {
  for (const cookie of ['', `so=${'A'.repeat(43)}`, 'so=x', `so=${'A'.repeat(42)}%00`]) {
    const reply = await aClient(app.url, cookie === '' ? {} : { cookie }).get('/api/cases');
    expect(reply.problem).toMatchObject({ status: 401, code: 'SIGN_IN_REQUIRED' });
  }
});

it('signing out ends the session for good', async () => {
  const worker = await aCaseWorker(app);
  const cookie = worker.cookie();
  expect((await worker.delete('/api/session')).status).toBe(204);
  expect((await aClient(app.url, { cookie }).get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
});

it('a locked screen answers nothing until its own password opens it again', async () => {
  const worker = await aCaseWorker(app);
  const { id } = await registerCase(app, worker);
  expect((await worker.post('/api/session/lock')).status).toBe(204);
  for (const path of ['/api/me', '/api/cases', `/api/cases/${id}`, '/api/directory/services'])
    expect((await worker.get(path)).problem).toMatchObject({ status: 423, code: 'SESSION_LOCKED' });
  expect((await worker.post('/api/session/unlock', { password: canary() })).problem.code).toBe('SIGN_IN_FAILED');
  const other = await signIn(app, 'huy.vhxh.sontra');
  expect((await worker.post('/api/session/unlock', { password: other.password })).problem.code).toBe('SIGN_IN_FAILED');
  expect((await worker.post('/api/session/unlock', { password: worker.password })).status).toBe(204);
  expect((await worker.get(`/api/cases/${id}`)).status).toBe(200);
});

it('a locked session can be ended without a password', async () => {
  const worker = await aCaseWorker(app);
  await worker.post('/api/session/lock');
  expect((await worker.delete('/api/session')).status).toBe(204);
});

it('half an hour without a deed locks, and a quarter of an hour locked ends', async () => {
  const worker = await signIn(app, 'cuc.hpn.sontra');
  await age(worker, 'last_seen_at', '31 minutes');
  expect((await worker.get('/api/me')).problem.code).toBe('SESSION_LOCKED');
  expect((await worker.post('/api/session/unlock', { password: worker.password })).status).toBe(204);
  await worker.post('/api/session/lock');
  await age(worker, 'locked_at', '16 minutes');
  expect((await worker.get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
  expect((await worker.post('/api/session/unlock', { password: worker.password })).status).toBe(401);
});

it('a session that slept for three quarters of an hour is over, even for the password', async () => {
  const worker = await signIn(app, 'suong.hpn.anhai');
  await age(worker, 'last_seen_at', '46 minutes');
  expect((await worker.get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
  expect((await worker.post('/api/session/unlock', { password: worker.password })).status).toBe(401);
});

it('after twelve hours the session is over', async () => {
  const worker = await signIn(app, 'thanh.ca.sontra');
  await age(worker, 'expires_at', '1 second');
  expect((await worker.get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
});

it('who is sent away while signed in is out at once', async () => {
  const worker = await signIn(app, 'van.ca.anhai');
  await app.database.ask('update hien.staff set is_active = false where id = $1', [worker.staffId]);
  expect((await worker.get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
});

it('a role that is taken away is gone with the next request', async () => {
  const worker = await signIn(app, 'hieu.ubnd.anhai');
  expect((await worker.get('/api/cases')).status).toBe(200);
  await app.database.ask('delete from hien.staff_role where staff_id = $1', [worker.staffId]);
  expect((await worker.get('/api/cases')).problem.code).toBe('NOT_ALLOWED');
});

it('the quick exit ends the session, clears the browser and leads away, whoever asks', async () => {
  const worker = await aCaseWorker(app);
  const cookie = worker.cookie();
  const gone = await worker.get('/exit');
  expect(gone).toMatchObject({ status: 303, headers: { location: app.context.config.exitUrl } });
  expect(gone.headers['clear-site-data']).toContain('"cookies"');
  expect((await aClient(app.url, { cookie }).get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
  expect((await aClient(app.url).get('/exit')).status).toBe(303);
});

it('lock, unlock and end are events of the session', async () => {
  const worker = await aCaseWorker(app);
  const events = await eventsOf(app, async () => {
    await worker.post('/api/session/lock');
    await worker.post('/api/session/unlock', { password: worker.password });
    await worker.delete('/api/session');
  });
  expect(events.map((event) => `${event.action} ${event.outcome}`)).toEqual([
    'session.lock done',
    'session.unlock done',
    'session.end done',
  ]);
  expect(new Set(events.map((event) => event.objectId)).size).toBe(1);
});
