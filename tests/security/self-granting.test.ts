import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { AGENCY, aCaseWorker, aColleague, policeDesk, stranger, strangerDesk, type Person } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { registerCase, sendReferral } from '../support/seed.ts';

// A real person, rightly bound, with SQL in hand: the worst that an injection could do.
const app = await startApp();
const client = new pg.Client({ connectionString: app.database.urls.app });
await client.connect();
afterAll(() => client.end());

type Outcome = { rows: number } | { refused: string };

async function asPerson(who: Person, sql: string, values: unknown[] = []): Promise<Outcome> {
  const bearer = Buffer.from(who.cookie().split('=')[1] ?? '', 'base64url');
  await client.query('begin');
  try {
    const bound = await client.query("select * from hien.bind_session($1, 'case_work')", [bearer]);
    expect(bound.rowCount).toBe(1);
    const { rowCount } = await client.query(sql, values);
    return { rows: rowCount ?? 0 };
  } catch (error) {
    return { refused: error instanceof pg.DatabaseError ? (error.code ?? '') : String(error) };
  } finally {
    await client.query('rollback');
  }
}

const RLS_REFUSED = { refused: '42501' };
const JOIN = `insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at)
  values ($1, $2, $3, 'case', $4, $4, 'member', now())`;
const GRANT = `insert into hien.access_grant (id, holder_kind, holder_id, holder_key_version, subject_kind, subject_id, case_id, owner_agency_id, basis_kind, begins_at, bundle)
  values ($1, 'agency', $2, 1, 'case', $3, $3, $2, 'registration', now(), '\\x00')`;

async function grantOf(caseId: string): Promise<string> {
  const [row] = await app.database.ask('select id from hien.access_grant where subject_id = $1', [caseId]);
  return String(row?.['id']);
}

it('nobody writes themselves into the team of a case: neither a stranger nor a colleague', async () => {
  const { id } = await registerCase(app, await aCaseWorker(app));
  const grantId = await grantOf(id);
  for (const person of [await stranger(app), await aColleague(app)]) {
    expect(await asPerson(person, JOIN, [grantId, person.staffId, person.agencyId, id])).toEqual(RLS_REFUSED);
  }
});

it('nobody gives their agency a grant on a case of another agency, or on one outside their own team', async () => {
  const { id } = await registerCase(app, await aCaseWorker(app));
  for (const person of [await stranger(app), await aColleague(app)]) {
    expect(await asPerson(person, GRANT, [randomUUID(), person.agencyId, id])).toEqual(RLS_REFUSED);
  }
});

it('nobody changes or deletes rows of their agency outside their own team, with or without a condition', async () => {
  const { caseId } = await sendReferral(app, await aCaseWorker(app));
  const colleague = await aColleague(app);
  const blanket = [
    'update hien.case_file set stage = $$closed$$',
    'delete from hien.access_grant',
    'delete from hien.case_member',
    'update hien.consent set state = $$withdrawn$$',
    'update hien.referral set state = $$recalled$$',
    'delete from hien.referral',
    'update hien.sealed_document set is_current = false',
    'delete from hien.sealed_document',
    'delete from hien.data_key',
    'delete from hien.blind_index',
  ];
  for (const sql of blanket) expect([sql, await asPerson(colleague, sql)]).toEqual([sql, { rows: 0 }]);
  expect(await asPerson(colleague, 'select * from hien.sealed_document where case_id = $1', [caseId])).toEqual({
    rows: 0,
  });
});

it('a partner’s desk can neither assign itself to another desk’s referral nor take keys from the sender', async () => {
  const { caseId, referralId } = await sendReferral(app, await aCaseWorker(app));
  const foreign = await strangerDesk(app);
  const grantId = await grantOf(referralId);
  const join = JOIN.replace("'case', $4, $4", "'referral', $4, $5");
  expect(await asPerson(foreign, join, [grantId, foreign.staffId, foreign.agencyId, referralId, caseId])).toEqual(
    RLS_REFUSED,
  );
  const desk = await policeDesk(app);
  expect(await asPerson(desk, 'delete from hien.access_grant where holder_id <> $1', [AGENCY.policeSonTra])).toEqual({
    rows: 0,
  });
  expect(await asPerson(desk, 'select * from hien.case_file')).toEqual({ rows: 0 });
});
