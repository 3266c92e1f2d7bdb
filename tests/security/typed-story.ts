import { randomUUID } from 'node:crypto';
import { AGENCY, aCaseWorker, policeDesk, policeOfficer, signIn } from '../support/actors.ts';
import type { TestApp } from '../support/app.ts';
import { aChildCase, aPerpetrator, aSurvivor, aTraffickingCase, aViolenceCase } from '../support/bodies.ts';
import { canary, canaryDigits, plantedWords } from '../support/canary.ts';
import { aClient, type Reply } from '../support/http.ts';
import { aConsent, aReferral, COMPLETION, done, openCase, openReferral, type Registered } from '../support/seed.ts';

type Sent = { id: string };
type Body = Record<string, unknown>;

/** Which fields of which deeds were typed with a planted word: `deed field.path`. */
const fields = new Set<string>();

export function typedFields(): readonly string[] {
  return [...fields].toSorted();
}

/** Notes the fields of a body that hold a planted word, and hands the body on. */
function typed<T extends Body>(deed: string, body: T): T {
  const words = plantedWords();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string' && words.some((word) => value.includes(word))) fields.add(`${deed} ${path}`);
    if (typeof value !== 'object' || value === null) return;
    const isList = Array.isArray(value);
    for (const [key, part] of Object.entries(value))
      visit(part, isList ? path : `${path}${path === '' ? '' : '.'}${key}`);
  };
  visit(body, '');
  return body;
}

/** The whole work, with a planted word in every field that takes one. */
export async function typeTheStory(app: TestApp): Promise<void> {
  const worker = await aCaseWorker(app);
  const caseId = await registered(app);
  await changed(app, caseId);
  await searched(app);
  const key = { 'idempotency-key': randomUUID() };
  const twice = typed('register violence', aViolenceCase(app.clock));
  for (let times = 0; times < 2; times += 1) done(await worker.post('/api/cases', twice, key), 201);
  await openCase(worker, caseId);
  await agreedAndReferred(app, caseId);
  await referredByLaw(app, caseId);
  await guessed(app);
}

async function registered(app: TestApp): Promise<string> {
  const worker = await aCaseWorker(app);
  const draftId = randomUUID();
  const content = { narrative: canary('Nháp '), survivor: { name: canary('Lê '), phones: [canaryDigits('093', 10)] } };
  for (const id of [draftId, randomUUID()])
    done(await worker.put(`/api/drafts/${id}`, typed('draft', { page: 1, content: { ...content, [canary()]: 1 } })));
  done(await worker.get(`/api/drafts/${draftId}`));
  const bodies = {
    violence: aViolenceCase(app.clock),
    trafficking: aTraffickingCase(app.clock),
    child: aChildCase(app.clock),
  };
  const made = [];
  for (const [kind, body] of Object.entries(bodies))
    made.push(done<Registered>(await worker.post('/api/cases', typed(`register ${kind}`, body)), 201));
  return made[0]?.id ?? '';
}

async function changed(app: TestApp, caseId: string): Promise<void> {
  const worker = await aCaseWorker(app);
  const { incidents, version } = await openCase(worker, caseId);
  const { incident } = aTraffickingCase(app.clock);
  const value = { ...incident, health: { needs: ['INJURY'], isPregnant: 'NO', note: canary('đau đầu ') } };
  const body = { survivor: aSurvivor(), perpetrators: [aPerpetrator()], incident: { id: incidents[0]?.id, value } };
  done(await worker.patch(`/api/cases/${caseId}`, typed('change', body), { 'if-match': `"${version}"` }));
}

async function searched(app: TestApp): Promise<void> {
  const worker = await aCaseWorker(app);
  const criteria = {
    fullName: canary('Nguyễn '),
    birthYear: 1994,
    phone: canaryDigits('094', 10),
    identityNumber: canaryDigits('0483', 12),
  };
  done(await worker.post('/api/cases/search', typed('search', criteria)));
  await worker.post('/api/cases/search', typed('search', { code: canary().slice(0, 20) }));
}

async function agreedAndReferred(app: TestApp, caseId: string): Promise<void> {
  const [worker, desk, officer] = [await aCaseWorker(app), await policeDesk(app), await policeOfficer(app)];
  const evidence = { evidence: 'VERBAL_WITNESSED', witness: canary('Bà '), textVersion: canary('mẫu ') };
  const consents = `/api/cases/${caseId}/consents`;
  const consent = done<Sent>(await worker.post(consents, typed('consent', aConsent(app, evidence))), 201);
  const drafts = `/api/cases/${caseId}/referrals`;
  const draft = done<Sent>(await worker.post(drafts, typed('draft referral', aReferral(app, { urgency: 'U0' }))), 201);
  const at = `/api/referrals/${draft.id}`;
  done(await worker.patch(at, typed('change referral', { note: canary('xin ') }), { 'if-match': '"1"' }));
  const call = { calledAt: new Date(app.clock.now()).toISOString(), spokeTo: canary('đồng chí '), isReached: true };
  done(await worker.post(`${at}/dispatch`, typed('dispatch', { consentId: consent.id, call })));
  const acceptance = { assigneeIds: [officer.staffId], note: canary('Nhận ') };
  done(await desk.post(`${at}/acceptance`, typed('accept', acceptance)));
  await openReferral(officer, draft.id);
  done(await officer.post(`${at}/completion`, typed('complete', { ...COMPLETION, note: canary('Kết quả ') })));
  await openReferral(worker, draft.id);
}

async function referredByLaw(app: TestApp, caseId: string): Promise<void> {
  const [worker, desk] = [await aCaseWorker(app), await policeDesk(app)];
  const given = aReferral(app, { fields: ['case_code', 'name'] });
  const drafts = `/api/cases/${caseId}/referrals`;
  const draft = done<Sent>(await worker.post(drafts, typed('draft referral', given)), 201);
  const basis = typed('dispatch', { legalBasis: 'CRIME_DUTY', reason: canary('Lý do ') });
  done(await worker.post(`/api/referrals/${draft.id}/dispatch`, basis));
  const decline = typed('decline', { reason: 'OTHER', note: canary('Từ chối ') });
  done(await desk.post(`/api/referrals/${draft.id}/decline`, decline));
  const union = { recipientAgencyId: AGENCY.womenSonTra, service: 'WU.COUNSEL', fields: ['case_code'] };
  done(await worker.post(drafts, aReferral(app, union)), 201);
}

/** Names and passwords that are wrong are words somebody typed as well. */
async function guessed(app: TestApp): Promise<void> {
  const wrong = typed('sign in', { username: canary('ten'), password: canary('mật khẩu ') });
  await aClient(app.url).post('/api/session', wrong);
  const person = await signIn(app, 'mai.vhxh.anhai');
  await person.post('/api/session/lock');
  await person.post('/api/session/unlock', typed('unlock', { password: canary('mở khoá ') }));
}

type Trial = () => Promise<Reply<unknown>>;

/** Requests that are refused or fail, each full of words; `app` may be made to fail underneath. */
export async function failingRequests(app: TestApp): Promise<Record<string, Trial>> {
  const worker = await aCaseWorker(app);
  const other = await signIn(app, 'mai.vhxh.anhai');
  const { id } = done<Registered>(await worker.post('/api/cases', aViolenceCase(app.clock)), 201);
  const full = (): Body => aViolenceCase(app.clock);
  const stale = { 'if-match': '"7"' };
  return {
    'an unknown key': () => worker.post('/api/cases', { ...full(), [canary()]: canary() }),
    'a wrong type': () => worker.post('/api/cases', { ...full(), report: canary() }),
    'an unknown code': () => worker.post('/api/cases', { ...full(), risk: { level: canary(), redFlags: [canary()] } }),
    'a text that is too long': () =>
      worker.post('/api/cases', { ...full(), survivor: { ...aSurvivor(), alias: canary().repeat(9) } }),
    'a number that is none': () =>
      worker.post('/api/cases', { ...full(), survivor: { ...aSurvivor(), identityNumber: canary() } }),
    'broken JSON': () => worker.call('POST', '/api/cases', { raw: `{"narrative": "${canary()}` }),
    'another kind of content': () =>
      worker.call('POST', '/api/cases', { raw: canary(), headers: { 'content-type': 'text/plain' } }),
    'a body that is too large': () => worker.post('/api/cases', { ...full(), children: canary().repeat(20_000) }),
    'an address that is none': () => worker.get(`/api/${encodeURIComponent(canary())}`),
    'an id that is none': () => worker.get(`/api/cases/${encodeURIComponent(canary())}`),
    'a query that is none': () => worker.get(`/api/cases?stage=${encodeURIComponent(canary())}`),
    'a version that is old': () => worker.patch(`/api/cases/${id}`, { survivor: aSurvivor() }, stale),
    'somebody else’s case': () => other.patch(`/api/cases/${id}`, { survivor: aSurvivor() }, stale),
    'a consent that cannot stand': () =>
      worker.post(`/api/cases/${id}/consents`, aConsent(app, { validUntil: '2001-01-01', witness: canary() })),
    'a dispatch of nothing': () =>
      worker.post(`/api/referrals/${randomUUID()}/dispatch`, { legalBasis: 'CRIME_DUTY', reason: canary() }),
    'a wrong password': () => aClient(app.url).post('/api/session', { username: canary('x'), password: canary() }),
  };
}
