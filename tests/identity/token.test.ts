import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT, UnsecuredJWT, type JSONWebKeySet } from 'jose';
import { expect, it } from 'vitest';
import { aCaseWorker, policeDesk, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aClient } from '../support/http.ts';
import { eventsOf } from '../support/log-book.ts';
import { openReferral, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

async function tokenOf(who: typeof worker): Promise<string> {
  return String((await who.post('/api/token')).body['accessToken']);
}

function withToken(token: string) {
  return aClient(app.url, { authorization: `Bearer ${token}` });
}

it('a partner’s software does with a token what its person may do, and nothing more', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  const software = withToken(await tokenOf(await policeDesk(app)));
  expect((await software.get(`/api/referrals/${referralId}`)).status).toBe(200);
  expect((await software.get(`/api/cases/${caseId}`)).problem.code).toBe('NOT_FOUND');
});

it('the log names the person behind the token', async () => {
  const desk = await policeDesk(app);
  const { referralId } = await sendReferral(app, worker);
  const software = withToken(await tokenOf(desk));
  const [event] = await eventsOf(app, () => software.get(`/api/referrals/${referralId}`));
  expect(event).toMatchObject({ action: 'referral.open', actor: desk.staffId, agency: desk.agencyId });
  expect((await openReferral(desk, referralId)).status).toBe(200);
});

it('it is an EdDSA token of five minutes that the published keys verify', async () => {
  const token = await tokenOf(worker);
  const keys = (await aClient(app.url).get<JSONWebKeySet>('/.well-known/jwks.json')).body;
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), { issuer: 'hien' });
  expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'JWT' });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  expect(payload.sub).toBe(worker.staffId);
  expect(JSON.stringify(keys)).not.toContain('"d"');
});

it('it dies with its session, and when the screen is locked it waits', async () => {
  const person = await aCaseWorker(app);
  const software = withToken(await tokenOf(person));
  await person.post('/api/session/lock');
  expect((await software.get('/api/me')).problem.code).toBe('SESSION_LOCKED');
  await person.post('/api/session/unlock', { password: person.password });
  expect((await software.get('/api/me')).status).toBe(200);
  await person.delete('/api/session');
  expect((await software.get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
});

it('an expired token is none, by its own word and by the database’s', async () => {
  const token = await tokenOf(worker);
  const { keyId, privateKey } = app.context.keys.custodian.tokenSigningKey();
  const { jti = '' } = decodeJwt(token);
  const old = await new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ: 'JWT' })
    .setIssuer('hien')
    .setJti(jti)
    .setExpirationTime('-1s')
    .sign(privateKey);
  expect((await withToken(old).get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
  await app.database.ask(
    `update hien.session_token set expires_at = now() - interval '1 second' where kind = 'bearer'`,
  );
  expect((await withToken(token).get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
});

it('a token that somebody else signed, or nobody, is none', async () => {
  const { jti = '', sub = '' } = decodeJwt(await tokenOf(worker));
  const foreign = generateKeyPairSync('ed25519').privateKey;
  const forged = await new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer('hien')
    .setSubject(sub)
    .setJti(jti)
    .setExpirationTime('5m')
    .sign(foreign);
  const unsigned = new UnsecuredJWT({}).setIssuer('hien').setSubject(sub).setJti(jti).setExpirationTime('5m').encode();
  const secret = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('hien')
    .setJti(jti)
    .setExpirationTime('5m')
    .sign(Buffer.alloc(32, 1));
  for (const token of [forged, unsigned, secret, 'nonsense', ''])
    expect((await withToken(token).get('/api/me')).problem.code).toBe('SIGN_IN_REQUIRED');
});

it('a broken token is not saved by a good cookie', async () => {
  const { id } = await registerCase(app, worker);
  const reply = await worker.get(`/api/cases/${id}`, { authorization: 'Bearer nonsense' });
  expect(reply.problem.code).toBe('SIGN_IN_REQUIRED');
});

it('a stranger’s token opens what the stranger may open', async () => {
  const { id } = await registerCase(app, worker);
  expect((await withToken(await tokenOf(await stranger(app))).get(`/api/cases/${id}`)).problem.code).toBe('NOT_FOUND');
});
