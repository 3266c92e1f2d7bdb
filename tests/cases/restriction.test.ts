import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import type { CaseView, RestrictionView } from '../../server/cases/cases.contract.ts';
import {
  aCaseWorker,
  aColleague,
  policeDesk,
  policeOfficer,
  signIn,
  stranger,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { aTraffickingCase } from '../support/bodies.ts';
import { eventsOf } from '../support/log-book.ts';
import {
  acceptReferral,
  done,
  openCase,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const colleague = await aColleague(app);
const boss = await supervisor(app);
const desk = await signIn(app, 'nhung.vhxh.sontra');
const STATED = { 'access-purpose': 'supervision' };
/** The supervisor, saying each time for what. */
const stating = await signIn(app, 'an.vhxh.sontra', STATED);
const PURPOSES = [{}, STATED, { 'access-purpose': 'oversight' }, { 'access-purpose': 'case_work' }];

function restrict(who: Person, caseId: string, members: readonly Person[]) {
  const body = { reasonCode: 'STAFF_KNOWS_PARTY', memberIds: members.map((member) => member.staffId) };
  return who.put<RestrictionView>(`/api/cases/${caseId}/restriction`, body);
}

function lift(who: Person, caseId: string) {
  return who.delete<RestrictionView>(`/api/cases/${caseId}/restriction`);
}

async function aRestrictedCase(members: readonly Person[] = [worker]) {
  const sent = await sendReferral(app, worker);
  done(await restrict(worker, sent.caseId, members));
  return sent;
}

it('the lead names who alone has the case; they work on as before', async () => {
  const { id, version } = await registerCase(app, worker, aTraffickingCase(app.clock));
  const before = await openCase(worker, id);
  const view = done<RestrictionView>(await restrict(worker, id, [worker, colleague]));
  expect(view.isRestricted).toBe(true);
  expect(view.members.map((each) => [each.id, each.memberRole]).toSorted()).toEqual(
    [
      [worker.staffId, 'lead'],
      [colleague.staffId, 'member'],
    ].toSorted(),
  );
  for (const person of [worker, colleague]) {
    const seen = await openCase(person, id);
    const { survivor, incidents, perpetrators } = before;
    expect(seen).toMatchObject({ survivor, incidents, perpetrators, isRestricted: true, version: version + 1 });
  }
  const { survivor } = before;
  const changed = await colleague.patch<CaseView>(
    `/api/cases/${id}`,
    { survivor: { ...survivor, alias: 'Chị Hai' } },
    { 'if-match': `"${version + 1}"` },
  );
  expect(done<CaseView>(changed).survivor.alias).toBe('Chị Hai');
  expect((await openCase(worker, id)).survivor.alias).toBe('Chị Hai');
});

it('to everybody else of the agency, its supervisor included, the case is as if there were none', async () => {
  const { caseId, referralId, consentId, code } = await aRestrictedCase();
  const unknown = await boss.get(`/api/cases/${consentId}`, STATED);
  const strip = (text: string): string => text.replaceAll(/urn:uuid:[0-9a-f-]+/g, '');
  for (const person of [colleague, boss, desk, await stranger(app)]) {
    for (const purpose of person === boss ? PURPOSES.slice(0, 3) : [{}]) {
      const refused = await person.get(`/api/cases/${caseId}`, purpose);
      expect([refused.status, strip(refused.text)]).toEqual([404, strip(unknown.text)]);
      for (const path of ['/consents', '/accesses'])
        expect((await person.get(`/api/cases/${caseId}${path}`, purpose)).problem.code).toBe('NOT_FOUND');
      expect((await person.get(`/api/referrals/${referralId}`, purpose)).problem.code).toBe('NOT_FOUND');
    }
    expect((await restrict(person === boss ? stating : person, caseId, [person])).problem.code).toBe('NOT_FOUND');
    expect((await lift(person === boss ? stating : person, caseId)).problem.code).toBe('NOT_FOUND');
    expect((await person.post(`/api/consents/${consentId}/withdrawal`)).problem.code).toBe('NOT_FOUND');
    expect((await person.post('/api/cases/search', { code })).body).toMatchObject({ items: [], count: 0 });
    expect((await person.get('/api/cases?limit=100')).text).not.toContain(caseId);
    expect((await person.get('/api/referrals?box=outbox&limit=100')).text).not.toContain(referralId);
  }
});

it('the supervisor restricts too, when she says for what, and is then outside unless she is named', async () => {
  const { caseId } = await sendReferral(app, worker);
  expect((await restrict(boss, caseId, [worker])).problem.code).toBe('NOT_ALLOWED');
  expect((await restrict(colleague, caseId, [colleague])).problem.code).toBe('NOT_FOUND');
  done(await restrict(stating, caseId, [worker]));
  expect((await boss.get(`/api/cases/${caseId}`, STATED)).problem.code).toBe('NOT_FOUND');
  expect((await openCase(worker, caseId)).isRestricted).toBe(true);
  done(await restrict(worker, caseId, [worker, boss]));
  expect((await boss.get(`/api/cases/${caseId}`, STATED)).status).toBe(200);
});

it('one of the team adds a person and takes one off again, with the partner’s referral untouched', async () => {
  const { caseId, referralId } = await aRestrictedCase();
  done(await restrict(worker, caseId, [worker, colleague]));
  expect((await openReferral(colleague, referralId)).body.envelope?.fields.length).toBeGreaterThan(0);
  const officer = await policeOfficer(app);
  await acceptReferral(await policeDesk(app), referralId, officer);
  expect((await openReferral(officer, referralId)).body.envelope?.fields.length).toBeGreaterThan(0);
  // A member who does not lead cannot name others.
  expect((await restrict(colleague, caseId, [colleague])).problem.code).toBe('NOT_ALLOWED');
  done(await restrict(worker, caseId, [worker]));
  expect((await colleague.get(`/api/cases/${caseId}`)).problem.code).toBe('NOT_FOUND');
  expect((await openReferral(colleague, referralId)).problem.code).toBe('NOT_FOUND');
  expect((await openReferral(worker, referralId)).body.envelope).not.toBeNull();
});

it('what is sent from a restricted case is sealed for its team, not for the agency', async () => {
  const { id } = await registerCase(app, worker);
  done(await restrict(worker, id, [worker, colleague]));
  const { referralId } = await sendReferral(app, worker, { caseId: id });
  expect((await openReferral(colleague, referralId)).body.envelope).not.toBeNull();
  const holders = await app.database.ask<{ kind: string; id: string }>(
    'select holder_kind as kind, holder_id as id from hien.access_grant where case_id = $1 and owner_agency_id = holder_id',
    [id],
  );
  expect(holders).toEqual([]);
  await recordConsent(app, colleague, { caseId: id });
});

it('lifted, the agency has it again, with the team as it was', async () => {
  const { caseId, referralId } = await aRestrictedCase([worker, colleague]);
  expect((await lift(colleague, caseId)).problem.code).toBe('NOT_ALLOWED');
  done(await lift(worker, caseId));
  expect((await openCase(colleague, caseId)).isRestricted).toBe(false);
  expect((await boss.get(`/api/cases/${caseId}`, STATED)).status).toBe(200);
  expect((await boss.get(`/api/referrals/${referralId}`, STATED)).body['envelope']).not.toBeNull();
  expect((await lift(worker, caseId)).problem.code).toBe('STATE_CONFLICT');
});

it('only people who can hold it are named, and nobody shuts herself out', async () => {
  const { id } = await registerCase(app, worker);
  const admin = await signIn(app, 'duc.vhxh.sontra');
  for (const members of [[worker, await stranger(app)], [worker, admin], [colleague], []])
    expect((await restrict(worker, id, members)).problem.code).toBe('VALIDATION_FAILED');
  expect((await restrict(stating, id, [boss])).problem.code).toBe('VALIDATION_FAILED');
  expect((await openCase(worker, id)).isRestricted).toBe(false);
});

it('each step is recorded with its reason', async () => {
  const { id } = await registerCase(app, worker);
  const [shut] = await eventsOf(app, () => restrict(worker, id, [worker]));
  expect(shut).toMatchObject({ action: 'case.restrict', reason: 'STAFF_KNOWS_PARTY', cases: [id], count: 1 });
  const [refused] = await eventsOf(app, () => boss.get(`/api/cases/${id}`, STATED));
  expect(refused).toMatchObject({ action: 'case.open', outcome: 'refused', cases: [id], reason: 'NOT_FOUND' });
  expect(refused?.policies).toEqual(['case.restricted']);
  const [opened] = await eventsOf(app, () => lift(worker, id));
  expect(opened).toMatchObject({ action: 'case.lift_restriction', cases: [id], outcome: 'done' });
});

const client = new pg.Client({ connectionString: app.database.urls.app });
await client.connect();
afterAll(() => client.end());

async function asPerson(who: Person, sql: string, values: unknown[] = []): Promise<number | string> {
  const bearer = Buffer.from(who.cookie().split('=')[1] ?? '', 'base64url');
  await client.query('begin');
  try {
    await client.query("select * from hien.bind_session($1, 'supervision')", [bearer]);
    return (await client.query(sql, values)).rowCount ?? 0;
  } catch (error) {
    return error instanceof pg.DatabaseError ? (error.code ?? '') : String(error);
  } finally {
    await client.query('rollback');
  }
}

it('with SQL in hand the supervisor finds and changes no row of it, and asks no function about it', async () => {
  const { caseId } = await aRestrictedCase([worker, colleague]);
  const tables = 'case_member access_grant referral consent sealed_document data_key blind_index'.split(' ');
  const looks = [...tables.map((table) => [table, 'case_id']), ['case_file', 'id']];
  for (const [table, column] of looks) {
    const sql = `select * from hien.${table} where ${column} = $1`;
    expect([table, await asPerson(boss, sql, [caseId])]).toEqual([table, 0]);
    expect([table, (await asPerson(worker, sql, [caseId])) !== 0]).toEqual([table, true]);
  }
  for (const sql of [
    'select * from hien.team_of($1)',
    'select * from hien.accesses_of_case($1, now() + interval $$1 day$$, 10, false)',
    `update hien.case_file set stage = 'closed' where id = $1`,
    `delete from hien.access_grant where case_id = $1`,
    `delete from hien.case_member where case_id = $1`,
    `select 1 where hien.set_restriction($1, false)`,
  ])
    expect([sql, await asPerson(boss, sql, [caseId])]).toEqual([sql, 0]);
});

it('with SQL in hand nobody puts herself or another under the grant of a named person', async () => {
  const { caseId } = await aRestrictedCase([worker]);
  const [grant] = await app.database.ask<{ id: string }>('select id from hien.access_grant where subject_id = $1', [
    caseId,
  ]);
  const join = `insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at)
    values ($1, $2, $3, 'case', $4, $4, 'member', now())`;
  for (const [who, whom] of [
    [boss, boss],
    [colleague, colleague],
    [worker, colleague],
  ] as const)
    expect(await asPerson(who, join, [grant?.id, whom.staffId, whom.agencyId, caseId])).toBe('42501');
});
