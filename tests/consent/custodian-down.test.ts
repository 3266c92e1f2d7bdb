import { expect, it } from 'vitest';
import type { WithdrawalAnswer } from '../../server/consent/consent.contract.ts';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import { AGENCY, aCaseWorker, policeDesk, policeOfficer } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { foundIn, plantedWords } from '../support/canary.ts';
import { acceptReferral, COMPLETION, done, openCase, openReferral, sendReferral } from '../support/seed.ts';

const app = await startApp();
let isDown = false;
/** A second process on the same database, which never held a key in memory; its custodian can be taken away. */
const other = await startApp({
  database: app.database,
  custodian: (real) =>
    new Proxy(real, {
      get(target, name, receiver) {
        if (isDown && name !== 'close') throw new Error('the custodian is down');
        return Reflect.get(target, name, receiver) as unknown;
      },
    }),
});
const [worker, desk, officer] = [await aCaseWorker(app), await policeDesk(app), await policeOfficer(app)];
const there = { worker: await aCaseWorker(other), desk: await policeDesk(other), officer: await policeOfficer(other) };

async function withCustodianDown<T>(run: () => Promise<T>): Promise<T> {
  isDown = true;
  try {
    return await run();
  } finally {
    isDown = false;
  }
}

const withdraw = (consentId: string) =>
  there.worker.post<WithdrawalAnswer>(`/api/consents/${consentId}/withdrawal`, { reason: 'CHANGED_MIND' });

it('with the custodian down nothing opens: the withdrawal below needs no key', async () => {
  const { caseId } = await sendReferral(app, worker);
  await withCustodianDown(async () => {
    expect((await there.worker.get(`/api/cases/${caseId}`)).status).toBeGreaterThanOrEqual(500);
  });
  await openCase(there.worker, caseId);
});

it.each(['sent', 'received', 'accepted', 'in_service', 'completed'])(
  'a withdrawal while it is %s takes the partner’s key, notice and envelope in that request',
  async (state) => {
    const { consentId, referralId } = await sendReferral(app, worker);
    if (state === 'received') done(await desk.post(`/api/referrals/${referralId}/receipt`));
    if (!['sent', 'received'].includes(state)) await acceptReferral(desk, referralId, officer);
    if (state === 'in_service') done(await officer.post(`/api/referrals/${referralId}/start`));
    if (state === 'completed') done(await officer.post(`/api/referrals/${referralId}/completion`, COMPLETION));
    if (!['sent', 'received'].includes(state))
      expect((await openReferral(officer, referralId)).body.envelope).not.toBeNull();
    await withCustodianDown(async () => {
      const closed = done<WithdrawalAnswer>(await withdraw(consentId)).closedReferrals.map((each) => each.id);
      expect(closed).toEqual(state === 'completed' ? [] : [referralId]);
      const left = await app.database.ask(
        `select (select count(*)::int from hien.access_grant where subject_id = $1 and holder_id = $2) as keys,
          (select count(*)::int from hien.case_member where subject_id = $1) as members,
          (select count(*)::int from hien.sealed_document where subject_id = $1 and compartment = 'envelope') as envelopes,
          (select count(recipient_notice)::int from hien.referral where id = $1) as notices`,
        [referralId, AGENCY.policeSonTra],
      );
      expect(left).toEqual([{ keys: 0, members: 0, envelopes: 0, notices: 0 }]);
      expect((await openReferral(there.officer, referralId)).problem.code).toBe('NOT_FOUND');
      expect(done<ReferralView>(await openReferral(there.desk, referralId))).toMatchObject({
        envelope: null,
        notice: null,
      });
    });
    // With keys again, and where they had been opened before: still nothing.
    expect((await openReferral(officer, referralId)).problem.code).toBe('NOT_FOUND');
    const seen = await openReferral(desk, referralId);
    expect(seen.body).toMatchObject({
      envelope: null,
      notice: null,
      state: state === 'completed' ? state : 'withdrawn',
    });
    expect(foundIn(Buffer.from(seen.text), plantedWords())).toEqual([]);
  },
);

it('if any part of it fails, the consent stands and the partner reads on: nothing is half withdrawn', async () => {
  const { consentId, referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  for (const [table, deed] of [
    ['access_grant', 'delete'],
    ['sealed_document', 'delete'],
    ['audit_event', 'insert'],
  ]) {
    await app.database.ask(`create function hien.fail() returns trigger language plpgsql set search_path = pg_catalog
      as $$ begin raise exception 'no' using errcode = 'HN999'; end $$`);
    await app.database.ask(
      `create trigger fail before ${deed} on hien.${table} for each row execute function hien.fail()`,
    );
    expect((await withdraw(consentId)).status).toBeGreaterThanOrEqual(500);
    await app.database.ask('drop function hien.fail() cascade');
    const [consent] = await app.database.ask('select state from hien.consent where id = $1', [consentId]);
    expect(consent).toEqual({ state: 'valid' });
    expect((await openReferral(officer, referralId)).body.envelope).not.toBeNull();
  }
  done(await withdraw(consentId));
  expect((await openReferral(officer, referralId)).problem.code).toBe('NOT_FOUND');
});
