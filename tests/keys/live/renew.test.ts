import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { keeperPorts } from '../../../server/commands/keeper.ts';
import type { AppendEvents } from '../../../server/db/work.ts';
import { openDocuments } from '../../../server/keys/documents.ts';
import type { DocumentRow } from '../../../server/keys/documents.store.ts';
import { dataKeyObject } from '../../../server/keys/data-keys.ts';
import { openPrincipals } from '../../../server/keys/principals.store.ts';
import { renewDue } from '../../../server/keys/renewing.store.ts';
import { columnsOf, openSubject } from '../../../server/keys/subject-keys.ts';
import { aCaseWorker, policeDesk, policeOfficer } from '../../support/actors.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { eventsOf } from '../../support/log-book.ts';
import { acceptReferral, done, openCase, sendReferral } from '../../support/seed.ts';
import { guardedGrants } from '../../safeguards/guardian-stage.ts';
import { anotherCustodian, grantRows, principalRows } from './rotating.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);

async function renew(change: { append?: AppendEvents } = {}): Promise<void> {
  const custodian = anotherCustodian();
  const { close, ...ports } = keeperPorts(app.database.urls.keeper);
  try {
    await renewDue({ ports: { ...ports, ...change }, custodian, principals: openPrincipals(ports.pool, custodian) });
  } finally {
    await close();
    custodian.close();
  }
}

/** A case with a referral that the police accepted and read, and whose consent is then withdrawn. */
async function takenBack(on: TestApp = app, who = { worker, desk, officer }) {
  const sent = await sendReferral(on, who.worker);
  await acceptReferral(who.desk, sent.referralId, who.officer);
  expect((await who.officer.get(`/api/referrals/${sent.referralId}`)).status).toBe(200);
  const partnerKeys = (await keysIn(on, sent.referralId)).filter(({ holderId }) => holderId === who.desk.agencyId);
  done(await who.worker.post(`/api/consents/${sent.consentId}/withdrawal`, { reason: 'NOT_STATED' }));
  return { ...sent, partnerKeys };
}

/** Every data key that the grants of a subject carry, the guardian's apart. */
async function keysIn(on: TestApp, subjectId: string) {
  const custodian = anotherCustodian();
  const principals = await principalRows(on);
  const grants = (await grantRows(on)).filter((grant) => grant.subjectId === subjectId);
  const bundles = grants.map(async (grant) => {
    const holder = principals.find(
      (each) => each.principalId === grant.holderId && each.version === grant.holderKeyVersion,
    );
    if (holder === undefined) throw new Error('a holder without keys');
    const bundle = await custodian.openBundle(holder, columnsOf(grant), grant.bundle);
    return bundle.map((entry) => ({ ...entry, holderId: grant.holderId, holderKind: grant.holderKind }));
  });
  return (await Promise.all(bundles)).flat();
}

/** By whether they are the statistics', which have a key of their own. */
const keyVersions = (subjectId: string, of: 'people' | 'statistics' = 'people') =>
  app.database.ask<{ table: string; version: number }>(
    `select 'data_key' as table, version from hien.data_key where subject_id = $1 and (compartment = 'statistics') = $2 union
     select 'sealed_document', key_version from hien.sealed_document where subject_id = $1 and (compartment = 'statistics') = $2 order by 1, 2`,
    [subjectId, of === 'statistics'],
  );
const RENEWED = [
  { table: 'data_key', version: 2 },
  { table: 'sealed_document', version: 2 },
];
/** Nobody who lost a grant ever had it; each new record makes it anew. */
const KEPT = RENEWED.map((row) => ({ ...row, version: 1 }));
const named = (keys: readonly { compartment: string; version: number; key: Buffer }[]): string[] =>
  [...new Set(keys.map((each) => `${each.compartment} ${each.version} ${each.key.toString('hex')}`))].toSorted();

/** People's grants carry new keys only, the guardian's one grant carries the same, and the statistics' is what it was. */
async function expectRenewed(subjectId: string): Promise<void> {
  const carried = await keysIn(app, subjectId);
  const people = carried.filter(({ holderKind }) => holderKind !== 'statistics');
  expect(new Set(people.map((entry) => entry.version))).toEqual(new Set([2]));
  expect(new Set(people.map((entry) => entry.holderKind))).toEqual(new Set(['agency']));
  const apart = carried.filter(({ holderKind }) => holderKind === 'statistics');
  expect(apart.filter(({ compartment, version }) => compartment !== 'statistics' || version !== 1)).toEqual([]);
  const guarded = (await guardedGrants(app)).filter(({ grant }) => grant.subjectId === subjectId);
  expect(guarded.map(({ keys }) => named(keys ?? []))).toEqual([named(people)]);
}
const waiting = () => app.database.ask('select subject_id from hien.key_renewal');

it('after a withdrawal the case and what was shared get new data keys, old documents included, and no view changes', async () => {
  const { caseId, referralId } = await takenBack();
  const before = await worker.get(`/api/cases/${caseId}`);
  expect(await waiting()).toHaveLength(2);
  const events = await eventsOf(app, () => renew());
  expect(await waiting()).toEqual([]);
  expect(await keyVersions(caseId)).toEqual(RENEWED);
  expect(await keyVersions(caseId, 'statistics')).toEqual(KEPT);
  for (const subjectId of [caseId, referralId]) await expectRenewed(subjectId);
  const after = await worker.get(`/api/cases/${caseId}`);
  expect(after.body).toEqual(before.body);
  expect(after.version).toBe(before.version);
  const told = events.filter((event) => event.action === 'keys.reencrypt');
  expect(told.map((event) => event.reason).toSorted()).toEqual(['BEGUN', 'BEGUN', 'FINISHED', 'FINISHED']);
  for (const event of told) expect(event).toMatchObject({ actor: 'system:keys-reencrypt', cases: [], outcome: 'done' });
  expect(told.find((event) => event.objectId === caseId && event.reason === 'FINISHED')?.count).toBeGreaterThan(3);
});

it('keys that the partner once had open nothing any more', async () => {
  const { referralId, partnerKeys } = await takenBack();
  expect(partnerKeys.map((entry) => entry.compartment).toSorted()).toEqual(['envelope', 'feedback']);
  await renew();
  const rows = await app.database.ask<DocumentRow>(
    `select id, revision, subject_id as "subjectId", case_id as "caseId", record_kind as "recordKind", record_id as "recordId", subject_kind as "subjectKind",
       owner_agency_id as "ownerAgencyId", written_by as "writtenBy", current_proof as "currentProof", current_proof_hash as "currentProofHash",
       compartment, key_version as "keyVersion", sealed from hien.sealed_document where subject_id = $1`,
    [referralId],
  );
  const named = partnerKeys.flatMap(({ compartment, key }) =>
    [1, 2].map((version) => [`${compartment} ${version}`, dataKeyObject(key)] as const),
  );
  const subject = { kind: 'referral' as const, id: referralId, caseId: '', ownerAgencyId: '' };
  for (const row of rows)
    expect(() => openDocuments(openSubject(subject, new Map(named)), [row])).toThrow('SEAL_BROKEN');
});

it('cut off after it began, it leaves a case that is read and written, and is taken up again', async () => {
  const { caseId } = await takenBack();
  let calls = 0;
  const broken: AppendEvents = (work, notes) => {
    calls += 1;
    if (calls > 1) throw new Error('cut off');
    return app.context.performer.appPorts.append(work, notes);
  };
  await expect(renew({ append: broken })).rejects.toThrow('cut off');
  expect((await keyVersions(caseId)).filter((row) => row.table === 'data_key').length).toBe(2);
  const view = await openCase(worker, caseId);
  const changed = await worker.patch(
    `/api/cases/${caseId}`,
    { risk: { level: 'HIGH', redFlags: ['ESCALATING'] } },
    { 'if-match': `"${view.version}"` },
  );
  expect(changed.status, changed.text).toBe(200);
  await renew();
  expect(await keyVersions(caseId)).toEqual(RENEWED);
  await expectRenewed(caseId);
  expect((await openCase(worker, caseId)).version).toBe(view.version + 1);
});

it('nobody who reads or writes meanwhile is refused', { timeout: 90_000 }, async () => {
  const taken = [await takenBack(), await takenBack(), await takenBack()];
  let isOn = true;
  const statuses: number[] = [];
  const readers = taken.map(async ({ caseId, referralId }) => {
    while (isOn) {
      statuses.push(
        (await worker.get(`/api/cases/${caseId}`)).status,
        (await worker.get(`/api/referrals/${referralId}`)).status,
      );
    }
  });
  await renew().finally(() => (isOn = false));
  await Promise.all(readers);
  expect(statuses.length).toBeGreaterThan(5);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

it('a running server renews by itself', { timeout: 60_000 }, async () => {
  const running = await startApp({ renews: true });
  const who = {
    worker: await aCaseWorker(running),
    desk: await policeDesk(running),
    officer: await policeOfficer(running),
  };
  const { caseId } = await takenBack(running, who);
  const isWaiting = async () => (await running.database.ask('select 1 from hien.key_renewal')).length > 0;
  while (await isWaiting()) await pause(100);
  expect((await who.worker.get(`/api/cases/${caseId}`)).status).toBe(200);
});
