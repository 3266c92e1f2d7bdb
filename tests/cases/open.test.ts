import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { HOUR_MS } from '../../server/kernel/clock.ts';
import {
  aCaseWorker,
  aColleague,
  agencyAdmin,
  auditor,
  coordinator,
  policeDesk,
  stranger,
  supervisor,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aViolenceCase } from '../support/bodies.ts';
import { acceptReferral, openCase, registerCase, sendReferral } from '../support/seed.ts';
import { policeOfficer } from '../support/actors.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

it('the supervisor opens a case of the office for supervision or its review, and for nothing else', async () => {
  const { id } = await registerCase(app, worker);
  const boss = await supervisor(app);
  for (const purpose of ['supervision', 'oversight'])
    expect((await boss.get(`/api/cases/${id}`, { 'access-purpose': purpose })).body['mayRefer']).toBe(false);
  expect((await boss.get(`/api/cases/${id}`, { 'access-purpose': 'case_work' })).status).toBe(403);
});

it('a purpose that the role may not state is refused', async () => {
  const { id } = await registerCase(app, worker);
  for (const purpose of ['supervision', 'review', 'no_such_purpose', 'CASE_WORK', ''])
    expect((await worker.get(`/api/cases/${id}`, { 'access-purpose': purpose })).problem.code).toBe('NOT_ALLOWED');
});

it('nobody else opens it: colleague, stranger, partner with a referral, auditor, coordinator, administrator', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  const officer = await policeOfficer(app);
  await acceptReferral(await policeDesk(app), referralId, officer);
  const others = await Promise.all(
    [aColleague, stranger, policeDesk, auditor, coordinator, agencyAdmin].map((person) => person(app)),
  );
  for (const other of [...others, officer]) {
    const refused = await other.get(`/api/cases/${caseId}`);
    expect(refused.problem.code, other.username).toBe('NOT_FOUND');
  }
});

it('a case of others and a case that does not exist get the same answer, but for the request’s number', async () => {
  const { id } = await registerCase(app, worker);
  const other = await stranger(app);
  const strip = (text: string): string => text.replaceAll(/urn:uuid:[0-9a-f-]+/g, '');
  const replies = await Promise.all([id, randomUUID(), 'not-an-id'].map((each) => other.get(`/api/cases/${each}`)));
  expect(new Set(replies.map((reply) => strip(reply.text))).size).toBe(1);
  expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([404]));
});

it('the timeline tells deeds and not readings, ours and the partner’s', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  await openCase(worker, caseId);
  await acceptReferral(await policeDesk(app), referralId, await policeOfficer(app));
  const told = (await openCase(worker, caseId)).timeline.map(({ lane, action }) => `${lane} ${action}`);
  expect(told).toEqual([
    'partner referral.accept',
    'us referral.dispatch',
    'us referral.draft',
    'us consent.record',
    'us case.register',
  ]);
});

it('after rape the windows of care are counted from the moment it happened', async () => {
  const now = app.clock.now();
  const began = new Date(now - 80 * HOUR_MS + 7 * HOUR_MS).toISOString();
  const occurred = { on: began.slice(0, 10), at: began.slice(11, 16), timeOfDay: 'NIGHT' };
  const body = aViolenceCase(app.clock, { incident: { gbvType: 'RAPE', occurred } });
  const windows = (await openCase(worker, (await registerCase(app, worker, body)).id)).clinicalWindows;
  expect(Object.fromEntries(windows.map(({ code, isOpen }) => [code, isOpen]))).toEqual({
    HIV_PEP: false,
    EMERGENCY_CONTRACEPTION: true,
    HEPB: true,
    FORENSIC: false,
  });
});

it('nobody who is not signed in opens anything', async () => {
  const { id } = await registerCase(app, worker);
  await worker.delete('/api/session');
  expect((await worker.get(`/api/cases/${id}`)).problem.code).toBe('SIGN_IN_REQUIRED');
});
