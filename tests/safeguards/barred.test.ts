import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { PROTECTED_TABLES } from '../../server/db/soundness.ts';
import {
  aCaseWorker,
  aColleague,
  AGENCY,
  policeDesk,
  policeOfficer,
  policeSupervisor,
  supervisor,
  type Person,
} from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { canaryDigits } from '../support/canary.ts';
import { caseWithout } from '../support/conflicts.ts';
import type { Reply } from '../support/http.ts';
import { eventsOf } from '../support/log-book.ts';
import {
  acceptReferral,
  aReferral,
  dispatch,
  draftReferral,
  openReferral,
  recordConsent,
  registerCase,
  sendReferral,
} from '../support/seed.ts';
import { noteSurnameOf } from '../support/surnames.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const boss = await supervisor(app);
const [desk, officer, chief] = [await policeDesk(app), await policeOfficer(app), await policeSupervisor(app)];

const PHONE = canaryDigits('095', 10);
const before = await registerCase(app, worker);
const sent = await sendReferral(app, worker);
await acceptReferral(desk, sent.referralId, officer);
const draft = await draftReferral(app, worker, { caseId: sent.caseId });
const opened = await (
  await aColleague(app)
).post<{ id: string }>(`/api/cases/${sent.code}/break-glass`, {
  reasonCode: 'LIFE_DANGER',
  reasonText: 'Người bị bạo lực gọi cầu cứu.',
  password: (await aColleague(app)).password,
});
await noteSurnameOf(app, officer, { caseId: sent.caseId, ownerAgencyId: worker.agencyId });
const survivor = (await worker.get<{ survivor: object }>(`/api/cases/${sent.caseId}`)).body.survivor;
const everybody = [boss, desk, officer, chief].map((person) => person.staffId);
const edit = await worker.patch(
  `/api/cases/${sent.caseId}`,
  { exclusions: everybody, survivor: { ...survivor, contact: { ...contactOf(survivor), phone: PHONE } } },
  { 'if-match': '"1"' },
);

function contactOf(of: object): object {
  return (of as { contact: object }).contact;
}

const ofUs = { caseId: sent.caseId, consentId: sent.consentId, breakGlassId: opened.body.id };
const REAL: Record<string, string> = { ...ofUs, referralId: sent.referralId };
const operations = app.context.endpoints.filter((endpoint) =>
  /:(case|consent|referral|breakGlass)Id/.test(endpoint.path),
);

function pathOf(path: string, ids: Record<string, string>): string {
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => ids[name] ?? '');
}

async function tryIt(who: Person, operation: (typeof operations)[number], ids: Record<string, string>) {
  const { method, path, example, action } = operation;
  const query = action === 'referral.options' ? '?service=POL.STATEMENT' : '';
  return who.call(method.toUpperCase(), `${pathOf(path, ids)}${query}`, {
    ...(example === undefined ? {} : { body: example }),
    headers: { 'if-match': '"1"' },
  });
}

/** All that the outside learns of an answer: nothing in it may tell a barred case from none. */
function outside({ status, text, headers }: Reply<unknown>) {
  // The nonce of each answer is its own.
  const { date: _date, 'x-request-id': _request, 'content-security-policy': _nonce, ...rest } = headers;
  return { status, body: text.replaceAll(/urn:uuid:[0-9a-f-]{36}/g, 'urn:uuid'), headers: rest };
}

/** The texts of all statements that `run` sends to the database. */
async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const { prototype } = pg.Client;
  const query = Object.getOwnPropertyDescriptor(prototype, 'query')?.value as (...given: unknown[]) => unknown;
  prototype.query = function spied(this: unknown, ...given: unknown[]) {
    const [first] = given;
    texts.push(typeof first === 'string' ? first : String((first as { text?: string }).text));
    return query.apply(this, given);
  } as typeof prototype.query;
  await run().finally(() => {
    prototype.query = query as typeof prototype.query;
  });
  return texts;
}

it('they were let in before, and are not now', async () => {
  expect([edit.status, opened.status]).toEqual([200, 201]);
  const saw = async (who: Person, path: string) => (await who.get(path)).status;
  expect(await saw(boss, `/api/cases/${before.id}`)).toBe(200);
  expect(await saw(boss, `/api/cases/${sent.caseId}`)).toBe(404);
  for (const who of [desk, officer]) expect((await openReferral(who, sent.referralId)).status).toBe(404);
  expect(await saw(worker, `/api/cases/${sent.caseId}`)).toBe(200);
  expect((await openReferral(worker, sent.referralId)).body.assignees).toEqual([]);
});

it('every operation answers a barred person as for an id that does not exist, by the same statements and events', async () => {
  expect(operations.length).toBeGreaterThan(20);
  const nothing = Object.fromEntries(Object.keys(REAL).map((name) => [name, randomUUID()]));
  for (const who of [boss, desk, officer])
    for (const operation of operations) {
      const name = `${who.username} ${operation.action}`;
      const replies: Reply<unknown>[] = [];
      const run = (ids: Record<string, string>) => async () => void replies.push(await tryIt(who, operation, ids));
      await run(REAL)();
      const statements = { real: await statementsOf(run(REAL)), none: await statementsOf(run(nothing)) };
      const events = { real: await eventsOf(app, run(REAL)), none: await eventsOf(app, run(nothing)) };
      const [real, , none] = [replies[0], replies[1], replies[2]];
      expect(real?.status, name).toBe(404);
      expect(outside(real as Reply<unknown>), name).toEqual(outside(none as Reply<unknown>));
      expect(statements.real, name).toEqual(statements.none);
      const shapes = (list: typeof events.real) =>
        list.map(({ action, outcome, reason }) => ({ action, outcome, reason }));
      expect(shapes(events.real), name).toEqual(shapes(events.none));
    }
});

it('by its code it is not found either', async () => {
  for (const code of [sent.code, 'K7MQ-2RXA', 'nothing at all']) {
    const reply = await boss.post(`/api/cases/${code}/break-glass`, {
      reasonCode: 'OTHER',
      reasonText: 'Cần mở hồ sơ ngay lúc này.',
      password: boss.password,
    });
    expect(reply.problem.code).toBe('NOT_FOUND');
  }
});

it('lists, counts and searches leave it out', async () => {
  type List = { items: { id: string; caseId?: string | null; code?: string }[]; count?: number };
  const idsOf = async (who: Person, path: string) => (await who.get<List>(path)).body.items.map((item) => item.id);
  const found = async (who: Person, body: unknown) => (await who.post<List>('/api/cases/search', body)).body;
  expect(await idsOf(boss, '/api/cases')).toContain(before.id);
  expect(await idsOf(boss, '/api/cases')).not.toContain(sent.caseId);
  expect(await idsOf(worker, '/api/cases')).toContain(sent.caseId);
  expect(await idsOf(boss, '/api/referrals?box=outbox')).toEqual([]);
  expect(await idsOf(boss, '/api/break-glass?box=told')).toEqual([]);
  for (const who of [desk, officer, chief]) expect(await idsOf(who, '/api/referrals?box=inbox')).toEqual([]);
  for (const criterion of [{ code: sent.code }, { phone: PHONE }]) {
    expect(await found(boss, criterion)).toEqual({ items: [], count: 0 });
    expect((await found(worker, criterion)).count).toBe(1);
  }
});

it('nobody who is barred is assigned, and a referral to a desk of barred people is not sent', async () => {
  const clean = await sendReferral(app, worker, {});
  await worker.patch(`/api/cases/${clean.caseId}`, { exclusions: [officer.staffId] }, { 'if-match': '"1"' });
  const reply = await desk.post(`/api/referrals/${clean.referralId}/acceptance`, { assigneeIds: [officer.staffId] });
  expect(reply.problem).toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [{ path: 'assigneeIds.0', code: 'INVALID' }],
  });
  expect((await acceptReferral(desk, clean.referralId, chief)).state).toBe('accepted');
  const made = await caseWithout(app, worker, [desk.staffId]);
  const consent = await recordConsent(app, worker, { caseId: made.id });
  const late = await draftReferral(app, worker, { caseId: made.id });
  const refused = await dispatch(worker, late.id, { consentId: consent.id });
  expect(refused.problem.code).toBe('DESK_CONFLICT');
  expect(refused.text).not.toContain(desk.staffId);
  expect(aReferral(app).recipientAgencyId).toBe(AGENCY.policeSonTra);
});

const clients: pg.Client[] = [];
afterAll(() => Promise.all(clients.map((client) => client.end())));

/** The application's role, bound to a person as a request would be, with SQL of its own choice. */
async function boundAs<T>(who: Person, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: app.database.urls.app });
  await client.connect();
  clients.push(client);
  await client.query('begin');
  const token = Buffer.from(who.cookie().split('=')[1] ?? '', 'base64url');
  const { rows } = await client.query('select * from hien.bind_session($1, $2)', [token, 'supervision']);
  expect(rows).toHaveLength(1);
  const answer = await run(client);
  await client.query('rollback');
  return answer;
}

async function countOf(client: pg.Client, text: string, values: unknown[]): Promise<number> {
  await client.query('savepoint look');
  const count = await client.query(text, values).then(
    (result) => result.rowCount ?? 0,
    () => -1,
  );
  await client.query('rollback to savepoint look');
  return count;
}

const columns = await app.database.ask<{ table: string; column: string }>(
  `select table_name as table, case table_name when 'case_file' then 'id' else 'case_id' end as column from information_schema.columns
    where table_schema = 'hien' and table_name = any ($1) and (column_name = 'case_id' or (table_name = 'case_file' and column_name = 'id'))`,
  [PROTECTED_TABLES.filter((table) => !table.startsWith('audit_'))],
);

it('SQL as the application’s role sees no row of it, changes none and removes none', async () => {
  expect(columns.length).toBeGreaterThan(8);
  const others = await boundAs(boss, (client) => countOf(client, 'select 1 from hien.case_file', []));
  expect(others).toBeGreaterThan(0);
  for (const who of [boss, desk, officer, chief])
    await boundAs(who, async (client) => {
      for (const { table, column } of columns) {
        const where = `hien.${table} where ${column} = $1`;
        const real = await app.database.ask<{ count: number }>(`select count(*)::int as count from ${where}`, [
          sent.caseId,
        ]);
        expect(real[0]?.count, table).toBeGreaterThan(/^(conflict_doubt|key_renewal|eras.*)$/.test(table) ? -1 : 0);
        for (const text of [`select 1 from ${where}`, `delete from ${where}`])
          expect(await countOf(client, text, [sent.caseId]), `${who.username} ${text}`).toBeLessThanOrEqual(0);
      }
      const ended = 'update hien.case_member set ends_at = null where case_id = $1';
      const freed = `update hien.case_file set stage = 'closed' where id = $1`;
      const recalled = `update hien.referral set state = 'recalled' where case_id = $1`;
      for (const text of [ended, freed, recalled])
        expect(await countOf(client, text, [sent.caseId]), text).toBeLessThanOrEqual(0);
    });
});

it('each question that policies ask says no, each by itself', async () => {
  // As if somebody had put them back: the bar alone must hold.
  await app.database.ask('alter table hien.case_member disable trigger not_barred');
  await app.database.ask(
    `insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at)
     select g.id, p.id, p.agency_id, g.subject_kind, g.subject_id, g.case_id, 'lead', now()
       from hien.access_grant g join hien.staff p on p.agency_id = g.holder_id
      where g.case_id = $1 and p.id = any ($2) on conflict do nothing`,
    [sent.caseId, everybody],
  );
  await app.database.ask('alter table hien.case_member enable trigger not_barred');
  const grants = await app.database.ask<{ id: string; agency: string }>(
    'select id, holder_id as agency from hien.access_grant where case_id = $1',
    [sent.caseId],
  );
  for (const who of [boss, officer]) {
    const ids = [sent.caseId, sent.referralId, grants.find((grant) => grant.agency === who.agencyId)?.id];
    const [row] = await boundAs(
      who,
      async (client) =>
        (
          await client.query<Record<string, boolean>>(
            `select hien.on_team('case', $1) or hien.on_team('referral', $2) as team, hien.works_under($3) as under,
               hien.sees_case($1) as sees, hien.keeps_case($1) as keeps, hien.sees_referral($2) as referral, hien.opens_envelope($2) as envelope,
               exists (select 1 from hien.team_of($1)) or exists (select 1 from hien.team_of($2)) as members,
               exists (select 1 from hien.accesses_of_case($1, now() + interval '1 day', 10, false)) as accesses,
               exists (select 1 from hien.conflicts_of($1)) as conflicts, exists (select 1 from hien.case_file where id = $1) as file,
               exists (select 1 from hien.referral where case_id = $1) as referrals, exists (select 1 from hien.case_member where case_id = $1) as membership`,
            ids,
          )
        ).rows,
    );
    expect(
      Object.entries(row ?? {}).filter(([, answer]) => answer),
      who.username,
    ).toEqual([]);
    expect(Object.keys(row ?? {})).toHaveLength(12);
  }
  expect((await openReferral(officer, sent.referralId)).status).toBe(404);
  expect((await boss.get(`/api/cases/${sent.caseId}`)).status).toBe(404);
});

it('the database lets nobody put a barred person into a team', async () => {
  const [grant] = await app.database.ask<{ id: string }>(
    `select id from hien.access_grant where case_id = $1 and subject_kind = 'case' limit 1`,
    [sent.caseId],
  );
  const put = app.database.ask(
    `insert into hien.case_member (grant_id, staff_id, agency_id, subject_kind, subject_id, case_id, member_role, begins_at)
     values ($1, $2, $3, 'case', $4, $4, 'member', now())`,
    [grant?.id, officer.staffId, officer.agencyId, sent.caseId],
  );
  await expect(put).rejects.toMatchObject({ code: 'HN001' });
});

it('the application’s role cannot read bars, doubts or identifiers, whoever it is bound to', async () => {
  await boundAs(worker, async (client) => {
    for (const table of ['conflict_bar', 'conflict_doubt', 'staff_identifier'])
      for (const text of [`select 1 from hien.${table}`, `delete from hien.${table}`])
        expect(await countOf(client, text, []), text).toBe(-1);
    for (const call of [`hien.is_barred($1, $1)`, `hien.take_off_barred($1, false)`])
      expect(await countOf(client, `select ${call}`, [sent.caseId]), call).toBe(-1);
  });
  expect((await worker.delete(`/api/referrals/${draft.id}`)).status).toBe(204);
});
