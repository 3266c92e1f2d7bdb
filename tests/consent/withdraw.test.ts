import { expect, it } from 'vitest';
import type { WithdrawalAnswer } from '../../server/consent/consent.contract.ts';
import {
  AGENCY,
  aCaseWorker,
  aColleague,
  policeDesk,
  policeOfficer,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canary } from '../support/canary.ts';
import { eventsOf } from '../support/log-book.ts';
import {
  acceptReferral,
  dispatch,
  done,
  draftReferral,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);

async function withdraw(consentId: string, who: Person = worker) {
  return who.post<WithdrawalAnswer>(`/api/consents/${consentId}/withdrawal`, { reason: 'CHANGED_MIND' });
}

async function keysOf(referralId: string) {
  return app.database.ask<{ holder_id: string }>(
    'select holder_id from hien.access_grant where subject_id = $1 and holder_id = $2',
    [referralId, AGENCY.policeSonTra],
  );
}

async function envelopesOf(referralId: string) {
  return app.database.ask(`select 1 from hien.sealed_document where subject_id = $1 and compartment = 'envelope'`, [
    referralId,
  ]);
}

it.each([
  ['somebody of the case team', worker],
  ['the supervisor, who is not in the team', await supervisor(app)],
])('%s withdraws: referrals close, the partner’s key and the envelope go', async (_who, person) => {
  const { consentId, referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  expect((await openReferral(officer, referralId)).body.envelope).not.toBeNull();
  const reply = await withdraw(consentId, person);
  expect(reply.body).toMatchObject({ state: 'withdrawn', closedReferrals: [{ id: referralId }], keptReferrals: [] });
  expect(await keysOf(referralId)).toEqual([]);
  expect(await envelopesOf(referralId)).toEqual([]);
  const [member] = await app.database.ask('select staff_id from hien.case_member where subject_id = $1', [referralId]);
  expect(member).toBeUndefined();
});

it('after it the partner finds no envelope and no notice', async () => {
  const { consentId, referralId } = await sendReferral(app, worker);
  await acceptReferral(desk, referralId, officer);
  await withdraw(consentId);
  expect((await openReferral(officer, referralId)).problem.code).toBe('NOT_FOUND');
  const seen = (await openReferral(desk, referralId)).body;
  expect(seen).toMatchObject({ state: 'withdrawn', envelope: null, notice: null, actions: [] });
});

it('a referral on a legal basis stays, and is named', async () => {
  const { caseId, consentId, referralId } = await sendReferral(app, worker);
  const lawful = await draftReferral(app, worker, { caseId, fields: ['case_code', 'name'] });
  done(await dispatch(worker, lawful.id, { legalBasis: 'CRIME_DUTY', reason: canary('Dấu hiệu tội phạm ') }));
  const reply = await withdraw(consentId);
  expect(reply.body.closedReferrals.map((each) => each.id)).toEqual([referralId]);
  expect(reply.body.keptReferrals.map((each) => each.id)).toEqual([lawful.id]);
  expect((await openReferral(desk, lawful.id)).body.state).toBe('sent');
});

it('referrals on another consent stay', async () => {
  const { caseId, consentId } = await sendReferral(app, worker);
  const other = await sendReferral(app, worker, { caseId });
  const reply = await withdraw(consentId);
  expect(reply.body.closedReferrals.map((each) => each.id)).not.toContain(other.referralId);
  expect((await openReferral(desk, other.referralId)).body.state).toBe('sent');
});

it('what was answered before stays answered', async () => {
  const { consentId, referralId } = await sendReferral(app, worker);
  done(await desk.post(`/api/referrals/${referralId}/decline`, { reason: 'NO_CAPACITY' }));
  expect((await withdraw(consentId)).body.closedReferrals).toEqual([]);
  expect((await openReferral(worker, referralId)).body.state).toBe('declined');
});

it('a withdrawn consent carries no new referral', async () => {
  const { caseId, consentId } = await sendReferral(app, worker);
  const draft = await draftReferral(app, worker, { caseId });
  await withdraw(consentId);
  expect((await dispatch(worker, draft.id, { consentId })).problem.code).toBe('CONSENT_MISSING');
  expect((await draftReferral(app, worker, { caseId })).state).toBe('awaiting_consent');
});

it('withdrawing always succeeds, also twice', async () => {
  const { consentId } = await sendReferral(app, worker);
  await withdraw(consentId);
  expect((await withdraw(consentId)).status).toBe(200);
});

it('colleagues, strangers and the partner cannot withdraw, nor learn that it exists', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const consent = await recordConsent(app, worker, { caseId });
  for (const other of [await aColleague(app), await stranger(app), desk])
    expect((await withdraw(consent.id, other)).problem.code).toBe('NOT_FOUND');
});

it('the event names the case, the reason code and how many referrals closed', async () => {
  const { caseId, consentId } = await sendReferral(app, worker);
  const [event] = await eventsOf(app, () => withdraw(consentId));
  expect(event).toMatchObject({
    action: 'consent.withdraw',
    objectId: consentId,
    cases: [caseId],
    reason: 'CHANGED_MIND',
    count: 1,
  });
});
