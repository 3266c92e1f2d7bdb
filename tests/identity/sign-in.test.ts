import { expect, it } from 'vitest';
import { accountOf, aCaseWorker, signIn } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { aClient } from '../support/http.ts';
import { eventsOf } from '../support/log-book.ts';

// Behind a proxy, so that several addresses can try.
const app = await startApp({ config: { isProxyTrusted: true } });
const lan = accountOf('lan.vhxh.sontra');

async function attempt(username: string, password: string, address: string) {
  return aClient(app.url, { 'x-forwarded-for': address }).post('/api/session', { username, password });
}

it('the right password opens a session and says who I am', async () => {
  const worker = await aCaseWorker(app);
  const me = await worker.get('/api/me');
  expect(me.body).toMatchObject({
    staff: { id: lan.staffId, roles: ['case_worker'] },
    agency: { id: lan.agencyId, areaCode: '20263' },
    session: { locked: false, idleLockMs: 300_000 },
    demonstration: true,
  });
});

it('the name may be written in capitals, the password may not', async () => {
  expect((await attempt(lan.username.toUpperCase(), lan.password, '10.0.0.1')).status).toBe(200);
  expect((await attempt(lan.username, lan.password.toUpperCase(), '10.0.0.1')).status).toBe(401);
});

it('an unknown name and a wrong password look the same, and take the same steps', async () => {
  const strip = (text: string): string => text.replaceAll(/urn:uuid:[0-9a-f-]+/g, '');
  const [wrong, unknown] = [
    await attempt(lan.username, canary(), '10.0.1.1'),
    await attempt(canary('ai '), canary(), '10.0.1.1'),
  ];
  expect(wrong.problem).toMatchObject({ status: 401, code: 'SIGN_IN_FAILED' });
  expect(strip(unknown.text)).toBe(strip(wrong.text));
  const salts = await app.database.ask<{ salt: string; parameters: string }>(
    `select salt::text, parameters from generate_series(1, 2), hien.sign_in_parameters('nobody-at-all', 'argon2id m=1 t=1 p=1')`,
  );
  expect(salts[0]).toEqual(salts[1]);
});

it('a person who left cannot sign in any more, and looks like nobody', async () => {
  const gone = accountOf('nhat.vhxh.anhai');
  await app.database.ask('update hien.staff set is_active = false where id = $1', [gone.staffId]);
  expect((await attempt(gone.username, gone.password, '10.0.2.1')).problem.code).toBe('SIGN_IN_FAILED');
});

it('failed tries slow down whoever tries from there, and nobody else', async () => {
  const huy = accountOf('huy.vhxh.sontra');
  const replies = [];
  for (let count = 0; count < 6; count += 1) replies.push(await attempt(huy.username, canary(), '10.0.3.1'));
  expect(replies.slice(0, 5).every((reply) => reply.status === 401)).toBe(true);
  const slowed = replies[5];
  expect(slowed?.problem).toMatchObject({ status: 429, code: 'SLOW_DOWN' });
  expect(Number(slowed?.headers['retry-after'])).toBeGreaterThan(0);
  expect((await attempt(huy.username, huy.password, '10.0.3.1')).status).toBe(429);
  expect((await attempt(huy.username, huy.password, '10.0.3.2')).status).toBe(200);
  expect((await attempt(lan.username, lan.password, '10.0.3.1')).status).toBe(200);
});

it('a desk under attack from many addresses waits seconds, and gets in', async () => {
  const desk = accountOf('nhung.vhxh.sontra');
  for (let count = 0; count < 31; count += 1) await attempt(desk.username, canary(), `10.1.${count}.1`);
  const reply = await attempt(desk.username, desk.password, '10.9.9.9');
  expect(reply.status).toBe(429);
  expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(5);
  await new Promise((resolve) => setTimeout(resolve, Number(reply.headers['retry-after']) * 1000));
  expect((await attempt(desk.username, desk.password, '10.9.9.9')).status).toBe(200);
});

it('what opens a session is not in the database: neither password, proof, nor cookie', async () => {
  const worker = await signIn(app, 'phuong.hpn.sontra');
  const token = Buffer.from(worker.cookie().split('=')[1] ?? '', 'base64url');
  expect(token).toHaveLength(32);
  const rows = await app.database.ask<{ line: string }>(
    `select t::text as line from hien.session_token t union all select s::text from hien.staff_session s union all select c::text from hien.staff_credential c`,
  );
  const dump = rows.map((row) => row.line).join('\n');
  for (const secret of [worker.password, token.toString('hex'), worker.cookie().split('=')[1] ?? ''])
    expect(dump).not.toContain(secret);
});

it('signing in and failing to are events: nobody has acted, the account that was tried is named, a typed name never is', async () => {
  const typed = canary('ai ');
  const events = await eventsOf(app, async () => {
    await attempt(lan.username, lan.password, '10.0.4.1');
    await attempt(lan.username, canary(), '10.0.4.1');
    await attempt(typed, canary(), '10.0.4.1');
  });
  const account = { objectKind: 'staff', objectId: lan.staffId, owner: lan.agencyId };
  const failed = { action: 'session.open', outcome: 'refused', actor: null, agency: null, reason: 'SIGN_IN_FAILED' };
  expect(events).toMatchObject([
    { action: 'session.open', outcome: 'done', ...account },
    { ...failed, ...account },
    { ...failed, objectKind: 'staff', objectId: null, owner: null },
  ]);
  expect(JSON.stringify(events)).not.toContain(typed);
});

it('tries that come too fast leave one event for each pause, not one for each try', async () => {
  const anybody = canary('ai ');
  const events = await eventsOf(app, async () => {
    for (let count = 0; count < 9; count += 1) await attempt(anybody, canary(), '10.0.5.1');
  });
  expect(events.map(({ reason }) => reason)).toEqual([...Array(5).fill('SIGN_IN_FAILED'), 'SLOW_DOWN']);
});

it.each([
  ['no password', { username: 'a' }, 'password', 'REQUIRED'],
  ['an empty name', { username: '', password: 'a' }, 'username', 'REQUIRED'],
  ['a name with a zero byte', { username: 'lan\u0000', password: 'a' }, 'username', 'INVALID'],
  ['an endless password', { username: 'a', password: 'a'.repeat(201) }, 'password', 'TOO_LONG'],
  ['a number for a name', { username: 1, password: 'a' }, 'username', 'WRONG_TYPE'],
])('%s is refused as a fault of the form', async (...row) => {
  const [, body, path, code] = row;
  const refused = await aClient(app.url).post('/api/session', body);
  expect(refused.problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path, code }] });
});
