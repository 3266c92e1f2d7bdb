import { expect, it } from 'vitest';
import { statisticsRecord } from '../../server/cases/statistics.contract.ts';
import type { OpenedStatistics } from '../../server/keys/index.ts';
import { periodPrincipal } from '../../server/keys/named-principals.ts';
import { renewDue } from '../../server/keys/renewing.store.ts';
import { rotate } from '../keys/live/rotating.ts';
import { AGENCY, aCaseWorker, aColleague, policeDesk, policeOfficer, supervisor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { asPerson } from '../support/as-person.ts';
import { aTraffickingCase, aViolenceCase, consentBasis } from '../support/bodies.ts';
import { counted as countedOf, periodOfToday } from '../support/counted.ts';
import { eventsOf } from '../support/log-book.ts';
import {
  acceptReferral,
  COMPLETION,
  dispatch,
  done,
  draftWithConsent,
  openCase,
  registerCase,
  sendReferral,
} from '../support/seed.ts';
import { bundlesOpened, dumpOf, lootOf } from '../support/thief.ts';
import { asKeeper } from '../safeguards/guardian-stage.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const PERIOD = periodOfToday(app);
const notAgreed = { basis: { ...consentBasis(app.clock), isReportUseAgreed: false } };

const counted = (period = PERIOD): Promise<OpenedStatistics> => countedOf(app, period);
const rowsOf = async (caseId: string): Promise<number[]> =>
  Promise.all(
    [
      `select count(*)::int as n from hien.sealed_document where case_id = $1 and compartment = 'statistics'`,
      `select count(*)::int as n from hien.data_key where case_id = $1 and compartment = 'statistics'`,
      `select count(*)::int as n from hien.access_grant where case_id = $1 and holder_kind = 'statistics'`,
    ].map(async (sql) => (await app.database.ask<{ n: number }>(sql, [caseId]))[0]?.n ?? 0),
  );
async function change(caseId: string, body: object, who = worker): Promise<void> {
  const { version } = await openCase(who, caseId);
  done(await who.patch(`/api/cases/${caseId}`, body, { 'if-match': `"${version}"` }));
}

it('a case is counted where she agreed, coarsened, and not where she did not', async () => {
  const before = (await counted()).records.length;
  const { id } = await registerCase(app, worker, aTraffickingCase(app.clock));
  expect(await rowsOf(id)).toEqual([1, 1, 1]);
  const silent = await registerCase(app, worker, aViolenceCase(app.clock, notAgreed));
  expect(await rowsOf(silent.id)).toEqual([0, 0, 0]);
  const events = await eventsOf(app, async () => {
    const { records, broken } = await counted();
    expect(broken).toBe(0);
    expect(records).toHaveLength(before + 1);
    const record = statisticsRecord.parse(records.at(-1));
    expect(record).toMatchObject({
      month: app.clock.day().slice(0, 7),
      kind: 'trafficking',
      traffickingPurposes: ['FORCED_LABOUR'],
      wardCode: '20263',
      ageBand: 'B25_59',
      servicesAsked: [],
    });
  });
  expect(events).toMatchObject([
    { action: 'reports.open_statistics', actor: 'system:reports', count: before + 1, cases: [], purpose: 'reporting' },
  ]);
  expect((await counted('2019-H1')).records).toEqual([]);
});

it('a change is counted instead of what was there; her agreement taken back destroys record and key, given it is counted again', async () => {
  const { id } = await registerCase(app, worker, aViolenceCase(app.clock));
  const before = (await counted()).records;
  const { survivor } = await openCase(worker, id);
  await change(id, { survivor: { ...survivor, ethnicityGroup: 'MINORITY' } });
  const after = (await counted()).records.map((record) => statisticsRecord.parse(record));
  expect(after).toHaveLength(before.length);
  expect(after.filter(({ ethnicityGroup }) => ethnicityGroup === 'MINORITY')).toHaveLength(1);
  await change(id, { isReportUseAgreed: false });
  expect(await rowsOf(id)).toEqual([0, 0, 0]);
  expect((await openCase(worker, id)).basis.isReportUseAgreed).toBe(false);
  await change(id, { survivor });
  expect(await rowsOf(id)).toEqual([0, 0, 0]);
  await change(id, { isReportUseAgreed: true });
  expect(await rowsOf(id)).toEqual([1, 1, 1]);
});

it('a corrected incident or day of the report is counted as it is now, in the period of that day and in no other', async () => {
  const { id } = await registerCase(app, worker, aViolenceCase(app.clock));
  const before = (await counted()).records.length;
  const { report, incidents } = await openCase(worker, id);
  await change(id, { incident: { id: incidents[0]?.id, value: aTraffickingCase(app.clock)['incident'] } });
  await change(id, { report: { ...report, receivedOn: '2025-03-02' } });
  expect((await counted()).records).toHaveLength(before - 1);
  const { records } = await counted('2025-H1');
  expect(records).toMatchObject([{ month: '2025-03', kind: 'trafficking', gbvTypes: [], lawActs: [] }]);
  await change(id, { isReportUseAgreed: false });
  expect((await counted('2025-H1')).records).toEqual([]);
});

it('what was asked of partners is counted when it is sent, and what they did with the next change', async () => {
  const sent = await sendReferral(app, worker);
  const own = async (): Promise<string[][]> => {
    const { records } = await counted();
    return records
      .map((record) => statisticsRecord.parse(record))
      .filter(({ servicesAsked }) => servicesAsked.length > 0)
      .map(({ servicesAsked, servicesReceived }) => [...servicesAsked, '→', ...servicesReceived]);
  };
  expect(await own()).toEqual([['POL.STATEMENT', '→']]);
  const officer = await policeOfficer(app);
  await acceptReferral(await policeDesk(app), sent.referralId, officer);
  done(await officer.post(`/api/referrals/${sent.referralId}/completion`, { ...COMPLETION }));
  const { survivor } = await openCase(worker, sent.caseId);
  await change(sent.caseId, { survivor });
  expect(await own()).toEqual([['POL.STATEMENT', '→', 'POL.STATEMENT']]);
});

it('a basis of recording that the law asks figures of is counted without her agreement: the list of bases says which', async () => {
  const set = (isRequired: boolean): Promise<unknown> =>
    app.database.ask(
      `update hien.code set meta = meta || jsonb_build_object('isReportUseRequired', $1::boolean) where list = 'recording_basis' and code = 'CONSENT'`,
      [isRequired],
    );
  await set(true);
  await app.context.directory.refresh();
  const { id } = await registerCase(app, worker, aViolenceCase(app.clock, notAgreed));
  await set(false);
  await app.context.directory.refresh();
  expect(await rowsOf(id)).toEqual([1, 1, 1]);
});

it('no agency key opens it, and SQL bound to a person neither sees, changes nor takes it away', async () => {
  const { id } = await registerCase(app, worker, aViolenceCase(app.clock));
  const dump = await dumpOf(app);
  for (const agencyId of [AGENCY.socialSonTra, AGENCY.policeSonTra])
    for (const { keys } of bundlesOpened(dump, lootOf(dump, agencyId)))
      expect(keys.map(({ compartment }) => compartment)).not.toContain('statistics');
  const boss = await supervisor(app);
  for (const who of [worker, boss, await aColleague(app)]) {
    for (const table of ['sealed_document', 'data_key'])
      expect(
        await asPerson(app, who, `select compartment from hien.${table} where compartment = 'statistics'`),
      ).toEqual([]);
    expect(await asPerson(app, who, `select 1 from hien.access_grant where holder_kind = 'statistics'`)).toEqual([]);
  }
  await asPerson(app, boss, 'update hien.sealed_document set is_current = false');
  await asPerson(app, boss, 'delete from hien.access_grant');
  expect(await rowsOf(id)).toEqual([1, 1, 1]);
  const stranger = await policeDesk(app);
  await asPerson(app, stranger, `select hien.drop_statistics('${id}')`);
  expect(await rowsOf(id)).toEqual([1, 1, 1]);
});

it('the period’s keys rotate, renewed data keys leave its records alone, and a restriction as well', async () => {
  const sent = await sendReferral(app, worker);
  const before = (await counted()).records;
  done(await worker.post(`/api/consents/${sent.consentId}/withdrawal`, { reason: 'NOT_STATED' }));
  await asKeeper(app, renewDue);
  done(
    await worker.put(`/api/cases/${sent.caseId}/restriction`, { reasonCode: 'SAFETY', memberIds: [worker.staffId] }),
  );
  await rotate(app, periodPrincipal(PERIOD));
  const versions = await app.database.ask(
    `select distinct holder_key_version as version from hien.access_grant where holder_kind = 'statistics'`,
  );
  expect(versions).toEqual([{ version: 2 }]);
  const after = await counted();
  expect(after.broken).toBe(0);
  expect(after.records).toEqual(before);
});

it('two referrals of one case that are sent at once are both sent, and it is counted once', async () => {
  const { id: caseId } = await registerCase(app, worker, aViolenceCase(app.clock));
  for (let round = 0; round < 4; round += 1) {
    const drafts = [await draftWithConsent(app, worker, { caseId }), await draftWithConsent(app, worker, { caseId })];
    const replies = await Promise.all(
      drafts.map(({ referralId, consentId }) => dispatch(worker, referralId, { consentId })),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(await rowsOf(caseId)).toEqual([1, 1, 1]);
  }
});
