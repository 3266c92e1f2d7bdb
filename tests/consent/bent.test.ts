import { afterAll, expect, it } from 'vitest';
import { AGENCY, aCaseWorker } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { rowCounts } from '../support/log-book.ts';
import { dispatch, done, draftReferral, recordConsent, registerCase } from '../support/seed.ts';
import { aTamperer } from '../support/tampering.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

/** A case whose draft referral to the ward police waits for the consent. */
async function waiting() {
  const { id: caseId } = await registerCase(app, worker);
  const consent = await recordConsent(app, worker, { caseId, validUntil: app.clock.day(100) });
  const draft = await draftReferral(app, worker, { caseId });
  return { caseId, consentId: consent.id, referralId: draft.id };
}

const own = await waiting();
const withdrawn = await waiting();
done(await worker.post(`/api/consents/${withdrawn.consentId}/withdrawal`, { reason: 'CHANGED_MIND' }));
const tamperer = await aTamperer(app, ['consent']);
afterAll(() => tamperer.close());

it.each([
  ['a later end', own, `valid_until = valid_until + 100`],
  ['an earlier end', own, `valid_until = valid_until - 1`],
  ['another recipient', own, `recipient_agency_id = '${AGENCY.policeAnHai}'`],
  ['no proof that it stands', own, `standing_proof = null`],
  ['a state of valid after its withdrawal', withdrawn, `state = 'valid', withdrawn_at = null`],
  [
    'a state of valid and a proof of somebody’s making',
    withdrawn,
    `state = 'valid', withdrawn_at = null, standing_proof = sha256('\\x01')`,
  ],
])('a consent that was given %s past the application is refused, and carries nothing', async (_what, on, change) => {
  await tamperer.change(`update hien.consent set ${change} where id = '${on.consentId}'`);
  const before = await rowCounts(app);
  expect((await worker.get(`/api/cases/${on.caseId}/consents`)).problem.code).toBe('SEAL_BROKEN');
  expect((await dispatch(worker, on.referralId, { consentId: on.consentId })).problem.code).toBe('SEAL_BROKEN');
  expect(await rowCounts(app)).toEqual(before);
  await tamperer.undo();
});

it('the consent of another case does not carry it either', async () => {
  const other = await waiting();
  await tamperer.change(`update hien.consent set case_id = '${own.caseId}' where id = '${other.consentId}'`);
  const reply = await dispatch(worker, own.referralId, { consentId: other.consentId });
  expect(reply.problem.code).toBe('CONSENT_MISSING');
  await tamperer.change(`update hien.consent set case_id = '${other.caseId}' where id = '${other.consentId}'`);
});

it('unbent, it carries the referral: the refusals above mean something', async () => {
  done(await dispatch(worker, own.referralId, { consentId: own.consentId }));
  expect((await dispatch(worker, withdrawn.referralId, { consentId: withdrawn.consentId })).problem.code).toBe(
    'CONSENT_MISSING',
  );
});
