import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ReferralView } from '../../server/referrals/referrals.contract.ts';
import {
  aCaseWorker,
  aColleague,
  auditor,
  coordinator,
  policeDesk,
  policeOfficer,
  policeSupervisor,
  stranger,
  strangerDesk,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { acceptReferral, COMPLETION, openReferral, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);
const { referralId } = await sendReferral(app, worker);
const accepted = await sendReferral(app, worker);
await acceptReferral(desk, accepted.referralId, desk);

const ANSWERS: [string, unknown][] = [
  ['receipt', {}],
  ['acceptance', { assigneeIds: [officer.staffId] }],
  ['decline', { reason: 'NO_CAPACITY' }],
  ['assignment', { assigneeIds: [officer.staffId] }],
];
const SERVICE: [string, unknown][] = [
  ['start', {}],
  ['completion', COMPLETION],
];

async function refusals(who: Person, id: string, steps: [string, unknown][]): Promise<string[]> {
  const replies = [];
  for (const [name, body] of steps) replies.push(await who.post(`/api/referrals/${id}/${name}`, body));
  return [...new Set(replies.map((reply) => reply.problem.code))];
}

it('only the recipient’s desk answers: not its officers, its supervisor, another desk, nor the sender', async () => {
  for (const other of [officer, await policeSupervisor(app), await strangerDesk(app), await stranger(app)])
    expect(await refusals(other, referralId, ANSWERS), other.username).toEqual(['NOT_FOUND']);
  for (const code of await refusals(worker, referralId, ANSWERS)) expect(['NOT_FOUND', 'NOT_ALLOWED']).toContain(code);
  expect((await openReferral(desk, referralId)).body.state).toBe('sent');
});

it('only who is assigned serves: not colleagues of the agency, nor the sender', async () => {
  for (const other of [officer, await policeSupervisor(app), await strangerDesk(app)])
    expect(await refusals(other, accepted.referralId, SERVICE), other.username).toEqual(['NOT_FOUND']);
  for (const code of await refusals(worker, accepted.referralId, SERVICE))
    expect(['NOT_FOUND', 'NOT_ALLOWED']).toContain(code);
  expect((await openReferral(desk, accepted.referralId)).body.state).toBe('accepted');
});

it('only the sender’s team recalls', async () => {
  for (const other of [desk, officer, await aColleague(app), await supervisor(app), await stranger(app)]) {
    const refused = await other.post(`/api/referrals/${accepted.referralId}/recall`, { reason: 'SAFETY' });
    expect([403, 404], other.username).toContain(refused.status);
  }
  expect((await openReferral(desk, accepted.referralId)).body.state).toBe('accepted');
});

it('colleagues who were not assigned see neither the referral nor its line', async () => {
  for (const other of [officer, await aColleague(app), await stranger(app), await strangerDesk(app)]) {
    expect((await openReferral(other, accepted.referralId)).problem.code).toBe('NOT_FOUND');
    for (const box of ['inbox', 'outbox'])
      expect((await other.get(`/api/referrals?box=${box}`)).body['items'], `${other.username} ${box}`).toEqual([]);
  }
});

it('the sender’s supervisor who states it sees what was sent; auditors and coordinators do not', async () => {
  const boss = await supervisor(app);
  const seen = await boss.get<ReferralView>(`/api/referrals/${accepted.referralId}`, {
    'access-purpose': 'supervision',
  });
  expect(seen.body.envelope).not.toBeNull();
  expect(seen.body.actions).toEqual([]);
  for (const other of [await auditor(app), await coordinator(app)]) {
    expect((await openReferral(other, accepted.referralId)).problem.code).toBe('NOT_FOUND');
    expect((await other.get('/api/referrals?box=inbox')).problem.code).toBe('NOT_ALLOWED');
  }
});

it('partners have no case: nothing of the case resource answers them', async () => {
  for (const other of [desk, officer])
    for (const path of ['', '/consents', '/accesses', '/referral-options?service=POL.STATEMENT'])
      expect((await other.get(`/api/cases/${accepted.caseId}${path}`)).problem.code).toBe('NOT_FOUND');
  const seen = await openReferral(desk, accepted.referralId);
  expect(seen.text).not.toContain(accepted.caseId);
});

it('a referral of others and one that does not exist answer alike', async () => {
  const other = await stranger(app);
  const strip = (text: string): string => text.replaceAll(/urn:uuid:[0-9a-f-]+/g, '');
  const [real, none] = [await openReferral(other, referralId), await openReferral(other, randomUUID())];
  expect(strip(real.text)).toBe(strip(none.text));
});

it('a desk that states the purpose of case work does not get in', async () => {
  const refused = await desk.get(`/api/referrals/${referralId}`, { 'access-purpose': 'case_work' });
  expect(refused.problem.code).toBe('NOT_FOUND');
});
