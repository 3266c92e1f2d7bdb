import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Custodian } from '../../server/keys/custodian.ts';
import { GUARDIAN_ID } from '../../server/keys/named-principals.ts';
import { openTransit } from '../../server/keys/transit-custodian.ts';
import type { WithdrawalAnswer } from '../../server/consent/consent.contract.ts';
import { AGENCY, aCaseWorker, policeDesk, policeOfficer } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { eventsOf } from '../support/log-book.ts';
import { acceptReferral, draftReferral, openReferral, registerCase, sendReferral } from '../support/seed.ts';
import { startTransit } from '../support/transit-server.ts';

/** The whole system with its keys in a key store that goes away, and what still works without it. */

const folder = await mkdtemp(join(tmpdir(), 'hien-away-'));
const store = await startTransit();
let nowMs = 0;

async function open(): Promise<Custodian> {
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, store.newToken(), { mode: 0o600 });
  const place = { url: store.url, namespace: undefined, mount: 'transit', keyPrefix: 'hien' };
  return openTransit({ ...place, login: { tokenFile } }, () => nowMs);
}

/** Agencies and guardian of the district get keys from this custodian; nothing is sealed to their old ones yet. */
async function giveKeys(database: TestDatabase, custodian: Custodian): Promise<void> {
  const rows = await database.ask<{ id: string }>('select distinct principal_id as id from hien.principal_key');
  for (const { id } of rows) {
    const keys =
      id === GUARDIAN_ID
        ? (await custodian.createGuardian({ principalId: id, version: 1 })).keys
        : await custodian.createPrincipal({ principalId: id, kind: 'agency', version: 1 });
    await database.ask(
      'update hien.principal_key set public_key = $2, vouch = $3, wrapped_private_key = $4, wrapped_list_key = $5 where principal_id = $1',
      [id, keys.publicKey, keys.vouch, keys.wrappedPrivateKey, keys.wrappedListKey],
    );
  }
}

const database = await aDatabase();
// Runs last: what is named first is ended last.
afterAll(async () => {
  await store.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

const first = await open();
await giveKeys(database, first);
const app = await startApp({ database, custodian: () => first });
// A second process: it has opened nothing yet when the store goes away.
const second = await open();
const other = await startApp({ database, custodian: () => second });
const worker = await aCaseWorker(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);
const [lateWorker, lateOfficer, lateDesk] = [
  await aCaseWorker(other),
  await policeOfficer(other),
  await policeDesk(other),
];

function keysOfPolice(referralId: string): Promise<unknown[]> {
  const holder = AGENCY.policeSonTra;
  return database.ask('select 1 from hien.access_grant where subject_id = $1 and holder_id = $2', [referralId, holder]);
}

function away(mood: typeof store.mood): void {
  // What was opened before has grown old.
  nowMs += 61_000;
  store.mood = mood;
}

it('everything works with the keys in the store', async () => {
  away('serves');
  const { referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  expect((await openReferral(lateOfficer, referralId)).body.envelope).not.toBeNull();
});

it.each(['sealed', 'drops'] as const)('while the store is gone (%s)', async (mood) => {
  away('serves');
  const { caseId, consentId, referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  const draft = await draftReferral(app, worker, { caseId });
  away(mood);

  const ready = await lateWorker.get<Record<string, unknown>>('/readyz');
  expect(ready.status).toBe(503);
  expect(ready.body).toMatchObject({ status: 'not ready', database: true, custodian: false });

  const [event] = await eventsOf(other, async () => {
    const reply = await lateWorker.get(`/api/cases/${caseId}`);
    expect(reply.status).toBe(503);
    expect(reply.problem).toMatchObject({ code: 'KEYS_UNAVAILABLE', title: expect.stringContaining('Kho khoá') });
    expect(reply.headers['retry-after']).toBe('5');
  });
  expect(event).toMatchObject({ outcome: 'refused', reason: 'KEYS_UNAVAILABLE' });

  const withdrawn = await lateWorker.post<WithdrawalAnswer>(`/api/consents/${consentId}/withdrawal`, {
    reason: 'CHANGED_MIND',
  });
  expect(withdrawn.body).toMatchObject({ state: 'withdrawn', closedReferrals: [{ id: referralId }] });
  expect(await keysOfPolice(referralId)).toEqual([]);
  expect((await openReferral(lateOfficer, referralId)).problem.code).toBe('NOT_FOUND');
  expect((await lateWorker.delete(`/api/referrals/${draft.id}`)).status).toBe(204);

  away('serves');
  expect((await lateWorker.get('/readyz')).status).toBe(200);
  expect((await lateWorker.get(`/api/cases/${caseId}`)).status).toBe(200);
  expect((await openReferral(lateDesk, referralId)).body).toMatchObject({ state: 'withdrawn', envelope: null });
});

it('a case registered before the store went away is whole after it came back', async () => {
  away('serves');
  const { id } = await registerCase(app, worker);
  away('drops');
  expect((await lateWorker.get(`/api/cases/${id}`)).status).toBe(503);
  away('serves');
  expect((await lateWorker.get(`/api/cases/${id}`)).status).toBe(200);
});
