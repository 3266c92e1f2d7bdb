import { expect, it } from 'vitest';
import type { AccessEntry } from '../../server/cases/accesses.contract.ts';
import {
  aCaseWorker,
  aColleague,
  policeDesk,
  policeOfficer,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { acceptReferral, openCase, openReferral, registerCase, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);

async function accessesOf(caseId: string, who: Person = worker): Promise<AccessEntry[]> {
  return (await who.get<{ items: AccessEntry[] }>(`/api/cases/${caseId}/accesses`)).body.items;
}

it('the team sees who looked at the case, partners and refused tries included', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  const officer = await policeOfficer(app);
  await acceptReferral(await policeDesk(app), referralId, officer);
  await openReferral(officer, referralId);
  await (await aColleague(app)).get(`/api/cases/${caseId}`);
  await (await stranger(app)).get(`/api/cases/${caseId}`);
  const seen = (await accessesOf(caseId)).map(
    ({ action, outcome, isOwnAgency }) => `${action} ${outcome} ${isOwnAgency}`,
  );
  expect(seen).toEqual([
    'case.open refused false',
    'case.open refused true',
    'referral.open done false',
    'referral.accept done false',
    'referral.dispatch done true',
    'referral.draft done true',
    'consent.record done true',
    'case.register done true',
  ]);
});

it('what was opened is named by compartment', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  const officer = await policeOfficer(app);
  await acceptReferral(await policeDesk(app), referralId, officer);
  await openReferral(officer, referralId);
  const [newest] = await accessesOf(caseId);
  expect(newest).toMatchObject({
    action: 'referral.open',
    compartments: ['notice', 'envelope'],
    purpose: 'referral_service',
  });
});

it('looking at the accesses is an access', async () => {
  const { id } = await registerCase(app, worker);
  await accessesOf(id);
  expect((await accessesOf(id))[0]).toMatchObject({ action: 'case.view_accesses', outcome: 'done' });
});

it('more than a page goes on after the cursor without a gap', async () => {
  const { id } = await registerCase(app, worker);
  for (let count = 0; count < 54; count += 1) await openCase(worker, id);
  const first = await worker.get<{ items: AccessEntry[]; nextCursor: string }>(`/api/cases/${id}/accesses`);
  const second = await worker.get<{ items: AccessEntry[]; nextCursor: null }>(
    `/api/cases/${id}/accesses?cursor=${first.body.nextCursor}`,
  );
  const all = [...first.body.items, ...second.body.items];
  expect(new Set(all.map((entry) => entry.id)).size).toBe(all.length);
  expect(all.filter((entry) => entry.action === 'case.open')).toHaveLength(54);
  expect(second.body.nextCursor).toBeNull();
});

it('the supervisor sees them too; colleagues, strangers and partners do not', async () => {
  const { caseId, referralId } = await sendReferral(app, worker);
  const officer = await policeOfficer(app);
  await acceptReferral(await policeDesk(app), referralId, officer);
  expect((await accessesOf(caseId, await supervisor(app))).length).toBeGreaterThan(0);
  for (const other of [await aColleague(app), await stranger(app), officer, await policeDesk(app)])
    expect((await other.get(`/api/cases/${caseId}/accesses`)).problem.code).toBe('NOT_FOUND');
});
