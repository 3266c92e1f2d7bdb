import { expect, it } from 'vitest';
import { aCaseWorker, policeDesk } from '../../support/actors.ts';
import { startApp } from '../../support/app.ts';
import { eventsAfter, markOf } from '../../support/log-book.ts';
import { registerCase, type Registered } from '../../support/seed.ts';
import { guardedGrants } from '../../safeguards/guardian-stage.ts';
import { putUnderLoad, stockUp } from './load.ts';
import { anotherCustodian, grantRows, opens, principalRows, rotate } from './rotating.ts';

const CASES = Math.max(40, Math.round(Number(process.env['HIEN_TEST_SCALE'] ?? '1') * 200));
const LONG_MS = 120_000;

const app = await startApp();
const crew = { worker: await aCaseWorker(app), desk: await policeDesk(app) };
const stock = await stockUp(app, crew, CASES);
const before = await principalRows(app);

it('gives everybody new keys while they work, and no request fails', { timeout: LONG_MS + CASES * 100 }, async () => {
  const mark = await markOf(app);
  const { load, stop } = putUnderLoad(app, crew, stock);
  const seen: number[] = [];
  const report = await rotate(app, null, {
    onProgress: (done, total) => void seen.push(total === 0 ? 1 : done / total),
  }).finally(stop);
  expect(load.failed).toEqual([]);
  expect(load.requests).toBeGreaterThan(50);
  expect(report).toMatchObject({ principals: before.length, isResumed: false, broken: [], unfinished: [] });
  // Each case's own grant and that of its statistics, two grants and two notices for each referral, and the draft.
  expect(report.resealed).toBeGreaterThanOrEqual(2 * CASES + Math.ceil(CASES / 4) * 4);
  expect(seen.at(-1)).toBe(1);
  expect(seen.length).toBeGreaterThan(CASES / 200);
  const events = (await eventsAfter(app, mark)).filter((event) => event.action === 'keys.rotate');
  for (const reason of ['BEGUN', 'FINISHED'])
    expect(events.filter((event) => event.reason === reason)).toHaveLength(before.length);
  expect(new Set(events.map((event) => event.actor))).toEqual(new Set(['system:keys-rotate']));
  const finished = events.filter((event) => event.reason === 'FINISHED');
  expect(finished.reduce((sum, event) => sum + (event.count ?? 0), 0)).toBe(report.resealed);
  process.stdout.write(`rotation: ${report.resealed} items, ${load.requests} requests meanwhile, 0 failed\n`);
});

it('leaves nothing sealed to an old key, and the old key opens nothing', async () => {
  const custodian = anotherCustodian();
  const after = await principalRows(app);
  const grants = await grantRows(app);
  expect(grants.length).toBeGreaterThan(CASES);
  expect(new Set(grants.map((grant) => grant.holderKeyVersion))).toEqual(new Set([2]));
  for (const grant of grants.slice(-60)) {
    const [old] = before.filter((keys) => keys.principalId === grant.holderId);
    const current = after.find((keys) => keys.principalId === grant.holderId && keys.version === 2);
    if (old === undefined || current === undefined) throw new Error('a holder without keys');
    expect(await opens(custodian, old, grant)).toBe(false);
    expect(await opens(custodian, current, grant)).toBe(true);
  }
  expect(new Set(grants.map((grant) => grant.holderKind))).toEqual(new Set(['agency', 'statistics']));
  for (const keys of after.filter((each) => each.version === 1)) {
    expect(keys.destroyedAt).not.toBeNull();
    expect([keys.wrappedPrivateKey.length, keys.wrappedListKey.length]).toEqual([0, 0]);
  }
  const old = await app.database.ask(
    `select id from hien.referral where (sender_notice is not null and sender_key_version = 1) or (recipient_notice is not null and recipient_key_version = 1)
     union all select id from hien.registration_draft where key_version = 1`,
  );
  expect(old).toEqual([]);
  custodian.close();
});

it('everything opens as before', { timeout: LONG_MS }, async () => {
  for (const one of stock.cases.slice(0, 40)) expect((await crew.worker.get(`/api/cases/${one.id}`)).status).toBe(200);
  for (const id of stock.referralIds) {
    expect((await crew.worker.get(`/api/referrals/${id}`)).status).toBe(200);
    expect((await crew.desk.get(`/api/referrals/${id}`)).status).toBe(200);
  }
});

it('leaves the guardian its keys, which nobody here opens, and what it holds of every case', async () => {
  const guarded = await guardedGrants(app);
  expect(new Set(guarded.map(({ grant }) => grant.holderKeyVersion))).toEqual(new Set([1]));
  expect(guarded.filter(({ keys }) => keys === null)).toEqual([]);
  const held = new Set(guarded.map(({ grant }) => grant.subjectId));
  const subjects = [...stock.cases.map((one) => one.id), ...stock.referralIds];
  expect(subjects.filter((id) => !held.has(id))).toEqual([]);
});

it('a grant sealed to a destroyed key is refused at the commit, so that no case is lost to it', async () => {
  const [grant] = await grantRows(app);
  await expect(
    app.database.ask(
      `insert into hien.access_grant select gen_random_uuid(), holder_kind, holder_id, 1, subject_kind, subject_id, case_id, owner_agency_id,
         basis_kind, basis_id, begins_at, ends_at, bundle from hien.access_grant where id = $1`,
      [grant?.id],
    ),
  ).rejects.toMatchObject({ code: 'HN005' });
});

it(
  'what a server that has not yet noticed seals to the old key meanwhile goes over too',
  { timeout: LONG_MS },
  async () => {
    await registerCase(app, crew.worker);
    const late: Promise<Registered>[] = [];
    const onStep = (step: string): void =>
      void ((step === 'wait' || step === 'destroy') && late.push(registerCase(app, crew.worker)));
    const report = await rotate(app, crew.worker.agencyId, { onStep });
    const made = await Promise.all(late);
    expect(report).toMatchObject({ principals: 1, unfinished: [] });
    const newest = Math.max(...(await principalRows(app)).map((keys) => keys.version));
    const grants = (await grantRows(app)).filter((row) => made.some((one) => one.id === row.caseId));
    const versions = (kind: string): number[] =>
      grants.filter((grant) => grant.holderKind === kind).map((grant) => grant.holderKeyVersion);
    expect(versions('agency')).toEqual([newest, newest]);
    // The statistics' keys were not asked for: they are those of the rotation of everybody.
    expect(versions('statistics')).toEqual([2, 2]);
    expect(grants).toHaveLength(4);
    for (const one of made) expect((await crew.worker.get(`/api/cases/${one.id}`)).status).toBe(200);
  },
);
