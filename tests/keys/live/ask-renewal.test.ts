import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { keeperPorts } from '../../../server/commands/keeper.ts';
import { openPrincipals } from '../../../server/keys/principals.store.ts';
import { renewDue } from '../../../server/keys/renewing.store.ts';
import { columnsOf } from '../../../server/keys/subject-keys.ts';
import { purgeExpired } from '../../../server/retention/purge-expired.store.ts';
import { aCaseWorker, aColleague, policeDesk, policeOfficer } from '../../support/actors.ts';
import { startApp } from '../../support/app.ts';
import {
  acceptReferral,
  COMPLETION,
  done,
  draftReferral,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
  type Sent,
} from '../../support/seed.ts';
import { anotherCustodian, grantRows, opens, principalRows } from './rotating.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const colleague = await aColleague(app);
const desk = await policeDesk(app);
const officer = await policeOfficer(app);

async function waiting(): Promise<string[]> {
  const rows = await app.database.ask<{ id: string }>('select subject_id as id from hien.key_renewal');
  return [...new Set(rows.map((row) => row.id))].toSorted();
}

async function renew(): Promise<void> {
  const custodian = anotherCustodian();
  const { close, ...ports } = keeperPorts(app.database.urls.keeper);
  try {
    await renewDue({ ports, custodian, principals: openPrincipals(ports.pool, custodian) });
  } finally {
    await close();
    custodian.close();
  }
}

afterEach(() => app.database.ask('delete from hien.key_renewal'));

/** The referral's last day passes, and the job comes by. */
async function runOut({ referralId }: Sent): Promise<void> {
  await app.database.ask('update hien.referral set ends_on = ends_on - 365 where id = $1', [referralId]);
  await app.database.ask(
    `update hien.access_grant set ends_at = ends_at - interval '365 days' where subject_id = $1 and ends_at is not null`,
    [referralId],
  );
  await purgeExpired(app.context.performer.appPorts);
}

const accept = ({ referralId }: Sent) => acceptReferral(desk, referralId, officer);
const withdraw = async ({ consentId }: Sent) =>
  done(await worker.post(`/api/consents/${consentId}/withdrawal`, { reason: 'CHANGED_MIND' }));
const ENDINGS: Readonly<Record<string, (sent: Sent) => Promise<unknown>>> = {
  declined: async ({ referralId }) =>
    done(await desk.post(`/api/referrals/${referralId}/decline`, { reason: 'NO_CAPACITY' })),
  recalled: async ({ referralId }) =>
    done(await worker.post(`/api/referrals/${referralId}/recall`, { reason: 'SAFETY' })),
  withdrawn: withdraw,
  'expired unanswered': runOut,
  'expired in service': async (sent) => accept(sent).then(() => runOut(sent)),
  'completed and then over': async (sent) => {
    await accept(sent);
    done(await officer.post(`/api/referrals/${sent.referralId}/completion`, COMPLETION));
    expect(await waiting()).toEqual([]);
    await runOut(sent);
  },
};

it.each(Object.keys(ENDINGS))('a referral that is %s gets new data keys, and its case too', async (name) => {
  const sent = await sendReferral(app, worker);
  await ENDINGS[name]?.(sent);
  expect(await waiting()).toEqual([sent.caseId, sent.referralId].toSorted());
});

it('the key that a desk held of a referral it declined opens nothing after that, and the sender reads on', async () => {
  const sent = await sendReferral(app, worker);
  const [held] = (await grantRows(app)).filter(
    (grant) => grant.subjectId === sent.referralId && grant.holderId === desk.agencyId,
  );
  if (held === undefined) throw new Error('the desk held nothing');
  await ENDINGS['declined']?.(sent);
  await renew();
  const custodian = anotherCustodian();
  const holder = (await principalRows(app)).find((keys) => keys.principalId === desk.agencyId);
  if (holder === undefined) throw new Error('no keys of the police');
  expect(await opens(custodian, holder, held)).toBe(true);
  const carried = await custodian.openBundle(holder, columnsOf(held), held.bundle);
  expect(carried.map((entry) => entry.version)).toEqual([1, 1]);
  const rows = await app.database.ask<{ version: number }>(
    `select version from hien.data_key where subject_id = $1 union all select key_version from hien.sealed_document where subject_id = $1`,
    [sent.referralId],
  );
  expect(new Set(rows.map((row) => row.version))).toEqual(new Set([2]));
  expect((await openReferral(worker, sent.referralId)).body.envelope?.fields.length).toBeGreaterThan(0);
  custodian.close();
});

it('what was never shared, or was taken back before, asks for none', async () => {
  const { id: caseId } = await registerCase(app, worker);
  const unused = await recordConsent(app, worker, { caseId });
  const draft = await draftReferral(app, worker, { caseId });
  done(await worker.delete(`/api/referrals/${draft.id}`), 204);
  done(await worker.post(`/api/consents/${unused.id}/withdrawal`, { reason: 'CHANGED_MIND' }));
  expect(await waiting()).toEqual([]);
  const sent = await sendReferral(app, worker);
  await ENDINGS['declined']?.(sent);
  await renew();
  await withdraw(sent);
  expect(await waiting()).toEqual([]);
  // The sender's own grants change hands; what the police hold of it stays shared.
  const restricted = await sendReferral(app, worker);
  const named = { staffIds: [worker.staffId, colleague.staffId] };
  done(await worker.put(`/api/cases/${restricted.caseId}/restriction`, named));
  expect(await waiting()).toEqual([]);
});

it('the application’s own SQL cannot ask, see or take back what was asked', async () => {
  const sent = await sendReferral(app, worker);
  await ENDINGS['declined']?.(sent);
  const client = new pg.Client({ connectionString: app.database.urls.app });
  await client.connect();
  for (const text of [
    `insert into hien.key_renewal (id, subject_kind, subject_id, case_id, owner_agency_id)
       values (gen_random_uuid(), 'case', '${sent.caseId}', '${sent.caseId}', '${worker.agencyId}')`,
    'select 1 from hien.key_renewal',
    'delete from hien.key_renewal',
  ])
    await expect(client.query(text), text).rejects.toMatchObject({ code: '42501' });
  await client.end();
  expect(await waiting()).toHaveLength(2);
});
