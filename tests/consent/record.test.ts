import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ConsentView } from '../../server/consent/consent.contract.ts';
import { DAY_MS } from '../../server/kernel/clock.ts';
import { AGENCY, aCaseWorker, aColleague, policeDesk, stranger, supervisor, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aChildCase } from '../support/bodies.ts';
import { canary } from '../support/canary.ts';
import { eventsOf, rowCounts } from '../support/log-book.ts';
import { aConsent, recordConsent, registerCase } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const { id: caseId } = await registerCase(app, worker);

async function record(changes: Record<string, unknown>, who: Person = worker, of = caseId) {
  return who.post<ConsentView>(`/api/cases/${of}/consents`, aConsent(app, changes));
}

async function consentsOf(of: string, who: Person = worker, headers = {}): Promise<ConsentView[]> {
  return (await who.get<{ items: ConsentView[] }>(`/api/cases/${of}/consents`, headers)).body.items;
}

it('a consent is kept with its recipient, purpose, fields, period and evidence', async () => {
  const typed = aConsent(app, { evidence: 'VERBAL_WITNESSED', witness: canary('Bà ') });
  const { id } = (await worker.post<ConsentView>(`/api/cases/${caseId}/consents`, typed)).body;
  const { recipientAgencyId, ...terms } = typed;
  const [newest] = await consentsOf(caseId);
  expect(newest).toMatchObject({ id, caseId, ...terms, state: 'valid', withdrawnAt: null });
  expect(newest?.recipientAgency.id).toBe(recipientAgencyId);
});

it.each([
  ['an end in the past', () => ({ validUntil: app.clock.day(-1) }), 'validUntil', 'DATE_IN_PAST'],
  ['an explanation tomorrow', () => ({ explainedOn: app.clock.day(1) }), 'explainedOn', 'DATE_IN_FUTURE'],
  ['a spoken consent without its witness', () => ({ evidence: 'VERBAL_WITNESSED' }), 'witness', 'REQUIRED'],
  ['the shelter’s address', () => ({ fields: ['case_code', 'shelter_address'] }), 'fields.1', 'NOT_SHAREABLE'],
  ['health needs for the police', () => ({ fields: ['health_needs'] }), 'fields.0', 'NOT_SHAREABLE'],
  ['no field at all', () => ({ fields: [] }), 'fields', 'REQUIRED'],
  ['an agency that does not exist', () => ({ recipientAgencyId: randomUUID() }), 'recipientAgencyId', 'INVALID'],
  ['the own agency', () => ({ recipientAgencyId: AGENCY.socialSonTra }), 'recipientAgencyId', 'INVALID'],
  ['an unknown purpose', () => ({ purpose: 'curiosity' }), 'purpose', 'CODE_UNKNOWN'],
  ['an unknown field', () => ({ fields: ['case_code', 'diary'] }), 'fields.1', 'CODE_UNKNOWN'],
] as const)('%s cannot be consented to', async (...row) => {
  const [, changes, path, code] = row;
  const before = await rowCounts(app);
  const refused = await record(changes());
  expect(refused.problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path, code }] });
  expect(await rowCounts(app)).toEqual(before);
});

it('an agency without a sector in the matrix can be given nothing', async () => {
  const refused = await record({ recipientAgencyId: AGENCY.homeAffairs, fields: ['case_code'] });
  expect(refused.problem.errors).toMatchObject([{ path: 'fields.0', code: 'NOT_SHAREABLE' }]);
});

it('for a child, the child alone cannot agree; a representative can', async () => {
  const child = await registerCase(app, worker, aChildCase(app.clock));
  const alone = await record({ consenter: 'SELF' }, worker, child.id);
  expect(alone.problem.errors).toMatchObject([{ path: 'consenter', code: 'INVALID' }]);
  expect((await record({ consenter: 'CHILD_AND_GUARDIAN' }, worker, child.id)).status).toBe(201);
});

it('a repeated recording with the same key makes one consent', async () => {
  const key = { 'idempotency-key': 'consent-key-0001' };
  const body = aConsent(app);
  const replies = [];
  for (let count = 0; count < 3; count += 1)
    replies.push(await worker.post(`/api/cases/${caseId}/consents`, body, key));
  expect(new Set(replies.map((reply) => reply.body['id'])).size).toBe(1);
  const other = await registerCase(app, worker);
  const reused = await worker.post(`/api/cases/${other.id}/consents`, body, key);
  expect(reused.problem.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

it('a consent that ran out is shown as expired', async () => {
  const fresh = await registerCase(app, worker);
  await recordConsent(app, worker, { caseId: fresh.id, validUntil: app.clock.day(5) });
  app.clock.advance(6 * DAY_MS);
  expect((await consentsOf(fresh.id))[0]?.state).toBe('expired');
});

it('the supervisor reads consents and records none; everybody else has neither', async () => {
  const boss = await supervisor(app);
  expect((await consentsOf(caseId, boss, { 'access-purpose': 'supervision' })).length).toBeGreaterThan(0);
  expect((await record({}, boss)).status).toBe(403);
  for (const other of [await aColleague(app), await stranger(app), await policeDesk(app)]) {
    expect((await other.get(`/api/cases/${caseId}/consents`)).problem.code).toBe('NOT_FOUND');
    expect((await record({}, other)).problem.code).toBe('NOT_FOUND');
  }
});

it('the event names the fields that were agreed to, not the evidence', async () => {
  const [event] = await eventsOf(app, () => record({ fields: ['sex', 'case_code'] }));
  expect(event).toMatchObject({
    action: 'consent.record',
    objectKind: 'consent',
    cases: [caseId],
    fields: ['case_code', 'sex'],
  });
});
