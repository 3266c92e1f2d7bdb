import { expect, it } from 'vitest';
import type { ReferralOptions, ReferralView } from '../../server/referrals/referrals.contract.ts';
import { DAY_MS } from '../../server/kernel/clock.ts';
import { AGENCY, aCaseWorker, policeDesk, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aChildCase, aViolenceCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import { rowCounts } from '../support/log-book.ts';
import {
  aReferral,
  dispatch,
  done,
  draftReferral,
  openReferral,
  POLICE_FIELDS,
  recordConsent,
  registerCase,
} from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

it('a draft that no consent covers awaits one, and is a draft as soon as it does', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId });
  expect(draft).toMatchObject({ state: 'awaiting_consent', draft: { fields: POLICE_FIELDS } });
  await recordConsent(app, worker, { caseId });
  const changed = await worker.patch<ReferralView>(
    `/api/referrals/${draft.id}`,
    {},
    { 'if-match': `"${draft.version}"` },
  );
  expect(changed.body.state).toBe('draft');
});

it.each([
  ['another recipient', () => ({ recipientAgencyId: AGENCY.policeAnHai })],
  ['another purpose', () => ({ purpose: 'reporting' })],
  ['a field less', () => ({ fields: POLICE_FIELDS.slice(1) })],
  ['a shorter period', () => ({ validUntil: app.clock.day(89) })],
])('a consent for %s does not carry the referral', async (_what, changes) => {
  const { id: caseId } = await registerCase(app, worker);
  const consent = await recordConsent(app, worker, { caseId, ...changes() });
  const draft = await draftReferral(app, worker, { caseId });
  expect(draft.state).toBe('awaiting_consent');
  const before = await rowCounts(app);
  expect((await dispatch(worker, draft.id, { consentId: consent.id })).problem.code).toBe('CONSENT_MISSING');
  expect(await rowCounts(app)).toEqual(before);
});

it('the consent of another case does not carry it either', async () => {
  const other = await registerCase(app, worker);
  const foreign = await recordConsent(app, worker, { caseId: other.id });
  const { id: caseId } = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId });
  expect((await dispatch(worker, draft.id, { consentId: foreign.id })).problem.code).toBe('CONSENT_MISSING');
});

it('a referral whose period has passed while it lay as a draft is not sent', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId, fields: ['case_code'], endsOn: app.clock.day(1) });
  app.clock.advance(2 * DAY_MS);
  const refused = await dispatch(worker, draft.id, { legalBasis: 'CRIME_DUTY', reason: canary('Báo tin ') });
  expect(refused.problem).toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [{ path: 'endsOn', code: 'DATE_IN_PAST' }],
  });
});

it('an emergency asks for the call before it goes', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const { id: consentId } = await recordConsent(app, worker, { caseId });
  const draft = await draftReferral(app, worker, { caseId, urgency: 'U0' });
  expect((await dispatch(worker, draft.id, { consentId })).problem.code).toBe('CALL_REQUIRED');
  const call = { calledAt: new Date(app.clock.now()).toISOString(), spokeTo: canary('đồng chí '), isReached: true };
  expect((await dispatch(worker, draft.id, { consentId, call })).body.state).toBe('sent');
});

it('the law lets a referral go without consent, with what the matrix gives by default only', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const reason = canary('Dấu hiệu tội phạm ');
  const asked = await draftReferral(app, worker, { caseId, fields: ['case_code', 'narrative'] });
  const refused = await dispatch(worker, asked.id, { legalBasis: 'CRIME_DUTY', reason });
  expect(refused.problem.errors).toMatchObject([{ path: 'fields.1', code: 'NOT_SHAREABLE' }]);
  const lawful = await draftReferral(app, worker, { caseId, fields: ['case_code', 'name', 'violence_type'] });
  expect((await dispatch(worker, lawful.id, { legalBasis: 'CRIME_DUTY', reason })).body).toMatchObject({
    state: 'sent',
    notice: { basis: 'CRIME_DUTY' },
  });
});

it('the duty to report serves a child only; a legal basis needs its reason', async () => {
  const adult = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId: adult.id, fields: ['case_code'] });
  const reason = canary('Bổn phận ');
  const refused = await dispatch(worker, draft.id, { legalBasis: 'CHILD_DUTY', reason });
  expect(refused.problem.errors).toMatchObject([{ path: 'legalBasis', code: 'INVALID' }]);
  const bare = await dispatch(worker, draft.id, { legalBasis: 'CRIME_DUTY', reason: '  ' });
  expect(bare.problem.errors).toMatchObject([{ path: 'reason', code: 'REQUIRED' }]);
  const child = await registerCase(app, worker, aChildCase(app.clock));
  const ofChild = await draftReferral(app, worker, { caseId: child.id, fields: ['case_code'] });
  expect((await dispatch(worker, ofChild.id, { legalBasis: 'CHILD_DUTY', reason })).body.notice).toMatchObject({
    isChild: true,
    ageBand: 'B7_15',
  });
});

it.each(['CONSENT', 'ASSENT_AND_GUARDIAN', 'BREAK_GLASS'])(
  '%s is no legal basis for a referral',
  async (legalBasis) => {
    const { id: caseId } = await registerCase(app, worker);
    const draft = await draftReferral(app, worker, { caseId, fields: ['case_code'] });
    const refused = await dispatch(worker, draft.id, { legalBasis, reason: canary() });
    expect(refused.problem.errors).toMatchObject([{ path: 'legalBasis', code: 'INVALID' }]);
  },
);

it('where she is goes by default only while she is in danger', async () => {
  const calm = await registerCase(app, worker);
  const danger = await registerCase(
    app,
    worker,
    aViolenceCase(app.clock, { risk: { level: 'LOW', redFlags: ['LIFE_THREAT_NOW'] } }),
  );
  const shareOf = async (caseId: string) => {
    const reply = await worker.get<ReferralOptions>(`/api/cases/${caseId}/referral-options?service=POL.STATEMENT`);
    return reply.body.options[0]?.fields.find((field) => field.field === 'current_location')?.share;
  };
  expect(await shareOf(calm.id)).toBe('ask');
  expect(await shareOf(danger.id)).toBe('default');
});

it('the options name the agencies that offer the service, the nearest first, with desk and consents', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const consent = await recordConsent(app, worker, { caseId });
  const { body } = await worker.get<ReferralOptions>(`/api/cases/${caseId}/referral-options?service=POL.STATEMENT`);
  expect(body.options.map((option) => option.agency.id)).toEqual([AGENCY.policeSonTra, AGENCY.policeAnHai]);
  expect(body.options[0]).toMatchObject({ agency: { isInArea: true }, consents: [{ id: consent.id }] });
  expect(body.options[0]?.agency.dutyDesk?.phone).toBeTruthy();
  expect(body.options[1]?.consents).toEqual([]);
  const refused = await worker.get(`/api/cases/${caseId}/referral-options?service=POL.NONE`);
  expect(refused.problem.errors).toMatchObject([{ path: 'service', code: 'CODE_UNKNOWN' }]);
});

it('a draft goes to an agency that offers the service, and never back to the own one', async () => {
  const { id: caseId } = await registerCase(app, worker);
  for (const changes of [
    { recipientAgencyId: AGENCY.womenSonTra },
    { recipientAgencyId: AGENCY.socialSonTra, service: 'SOC.CASH', fields: ['case_code'] },
  ]) {
    const refused = await worker.post(`/api/cases/${caseId}/referrals`, aReferral(app, changes));
    expect(refused.problem.errors).toMatchObject([{ path: 'recipientAgencyId', code: 'INVALID' }]);
  }
});

it('a draft cannot be turned to a service of another sector, which would open other fields', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId, fields: ['case_code'] });
  const turned = { service: 'HEA.PEP', fields: ['health_needs'] };
  const refused = await worker.patch(`/api/referrals/${draft.id}`, turned, { 'if-match': `"${draft.version}"` });
  expect(refused.problem.errors).toMatchObject([{ path: 'service', code: 'INVALID' }]);
});

it('drafts do not exist for the recipient', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId });
  const desk = await policeDesk(app);
  expect((await openReferral(desk, draft.id)).problem.code).toBe('NOT_FOUND');
  const inbox = await desk.get<{ items: { id: string }[] }>('/api/referrals?box=inbox&limit=100');
  expect(inbox.body.items.map((line) => line.id)).not.toContain(draft.id);
});

it('a stranger neither sees options nor drafts, changes, sends or discards', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const draft = await draftReferral(app, worker, { caseId, fields: ['case_code'] });
  const other = await stranger(app);
  const tries = [
    other.get(`/api/cases/${caseId}/referral-options?service=POL.STATEMENT`),
    other.post(`/api/cases/${caseId}/referrals`, aReferral(app)),
    other.patch(`/api/referrals/${draft.id}`, { urgency: 'U2' }, { 'if-match': '"1"' }),
    dispatch(other, draft.id, { legalBasis: 'CRIME_DUTY', reason: canary() }),
    other.delete(`/api/referrals/${draft.id}`),
  ];
  for (const tried of tries) expect((await tried).problem.code).toBe('NOT_FOUND');
  expect(done<ReferralView>(await openReferral(worker, draft.id)).state).toBe('awaiting_consent');
});
