import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { PROTECTED_TABLES } from '../../server/db/soundness.ts';
import { aCaseWorker, policeDesk, stranger } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { rowCounts } from '../support/log-book.ts';
import { recordConsent, sendReferral } from '../support/seed.ts';

const app = await startApp();
const worker = await aCaseWorker(app);
const { caseId } = await sendReferral(app, worker);
await recordConsent(app, worker, { caseId });
await worker.put('/api/drafts/0197c1c8-0280-7f00-8f00-000000000001', { page: 1, content: {} });
const token = Buffer.from(worker.cookie().split('=')[1] ?? '', 'base64url');
const clients: pg.Client[] = [];
afterAll(() => Promise.all(clients.map((client) => client.end())));

async function connect(url = app.database.urls.app): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

/** How many rows of each table these eyes see; -1 where they may not even look. */
async function seen(client: pg.Client): Promise<number[]> {
  const counts = [];
  for (const table of PROTECTED_TABLES) {
    await client.query('savepoint look');
    const count = await client.query<{ count: number }>(`select count(*)::int as count from hien.${table}`).then(
      ({ rows }) => rows[0]?.count ?? 0,
      () => -1,
    );
    await client.query('rollback to savepoint look');
    counts.push(count);
  }
  return counts;
}

/** Tries to copy, change and remove a row of each table in its own name; all of it must come to nothing. */
async function expectPowerless(client: pg.Client): Promise<void> {
  expect((await seen(client)).every((count) => count <= 0)).toBe(true);
  const before = await rowCounts(app);
  const columns = await app.database.ask<{ table: string; columns: string }>(
    `select table_name as table, string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
      where table_schema = 'hien' and table_name = any ($1) group by 1`,
    [PROTECTED_TABLES.filter((table) => !table.startsWith('audit_'))],
  );
  for (const { table, columns: names } of columns) {
    const [row] = await app.database.ask<{ row: string }>(
      `select quote_literal(row_to_json(t)::text) as row from hien.${table} t limit 1`,
    );
    const insert = `insert into hien.${table} (${names}) select ${names} from json_populate_record(null::hien.${table}, ${row?.row ?? "'{}'"}::json)`;
    for (const sql of [insert, `delete from hien.${table}`, `update hien.${table} set version = version`]) {
      await client.query('savepoint try_it');
      const touched = await client.query(sql).then(
        (result) => result.rowCount,
        () => 0,
      );
      await client.query('rollback to savepoint try_it');
      expect(touched, sql.slice(0, 60)).toBe(0);
    }
  }
  expect(await rowCounts(app)).toEqual(before);
}

async function inTransaction<T>(client: pg.Client, run: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    return await run();
  } finally {
    await client.query('rollback');
  }
}

async function bind(client: pg.Client, bearer = token): Promise<string> {
  await client.query('select * from hien.bind_session($1, $2)', [bearer, 'case_work']);
  return (await client.query<{ bound: string }>(`select current_setting('hien.bound') as bound`)).rows[0]?.bound ?? '';
}

it('a bound transaction sees its person’s rows, so that the refusals below mean something', async () => {
  const client = await connect();
  await inTransaction(client, async () => {
    await bind(client);
    const counts = Object.fromEntries((await seen(client)).map((count, index) => [PROTECTED_TABLES[index], count]));
    expect(counts).toMatchObject({
      case_file: 1,
      case_member: 1,
      consent: 2,
      referral: 1,
      registration_draft: 1,
      audit_event: -1,
    });
  });
});

it('without a context there is no row and nothing can be written', async () => {
  const client = await connect();
  await inTransaction(client, () => expectPowerless(client));
});

it('a forged context is none, however it is shaped', async () => {
  const client = await connect();
  const claim = `${worker.staffId}|${worker.agencyId}|supervisor|case_work|${worker.staffId}`;
  const forgeries = [
    `${claim}|${'0'.repeat(64)}`,
    claim,
    `${claim}|`,
    `|${'0'.repeat(64)}`,
    '0'.repeat(64),
    '|'.repeat(70),
    'x',
    ' ',
  ];
  for (const forgery of forgeries)
    await inTransaction(client, async () => {
      await client.query('select pg_current_xact_id()');
      await client.query(`select set_config('hien.bound', $1, true)`, [forgery]);
      expect((await client.query('select hien.actor() as actor')).rows).toEqual([{ actor: null }]);
      if (forgery === forgeries[0]) await expectPowerless(client);
    });
});

it('a context copied from another transaction of the same connection is none', async () => {
  const client = await connect();
  const copied = await inTransaction(client, () => bind(client));
  await inTransaction(client, async () => {
    await client.query('select pg_current_xact_id()');
    await client.query(`select set_config('hien.bound', $1, false)`, [copied]);
    await expectPowerless(client);
  });
});

it('a context copied from another connection is none, also while that one is open', async () => {
  const [one, other] = [await connect(), await connect()];
  await inTransaction(one, async () => {
    const copied = await bind(one);
    await inTransaction(other, async () => {
      await other.query('select pg_current_xact_id()');
      await other.query(`select set_config('hien.bound', $1, true)`, [copied]);
      await expectPowerless(other);
    });
    expect((await one.query('select hien.actor() as actor')).rows).toEqual([{ actor: worker.staffId }]);
  });
});

it('a context of which a part was changed is none: person, agency, roles', async () => {
  const client = await connect();
  const other = await stranger(app);
  for (const [from, to] of [
    [worker.staffId, other.staffId],
    [worker.agencyId, other.agencyId],
    ['case_worker', 'supervisor'],
  ] as const)
    await inTransaction(client, async () => {
      const bound = await bind(client);
      await client.query(`select set_config('hien.bound', $1, true)`, [bound.replace(from, to)]);
      expect(
        (
          await client.query(
            `select hien.actor() as actor, hien.agency() as agency, hien.has_role('supervisor') as boss`,
          )
        ).rows,
      ).toEqual([{ actor: null, agency: null, boss: false }]);
    });
});

it('nothing of the context outlives its transaction', async () => {
  const client = await connect();
  await client.query('begin');
  await bind(client);
  await client.query('commit');
  await inTransaction(client, () => expectPowerless(client));
});

it('a bearer that is unknown, ended or of a locked session binds nothing', async () => {
  const client = await connect();
  const desk = await policeDesk(app);
  const locked = Buffer.from(desk.cookie().split('=')[1] ?? '', 'base64url');
  await desk.post('/api/session/lock');
  for (const bearer of [Buffer.alloc(32), Buffer.alloc(0), locked])
    await inTransaction(client, async () => {
      expect(await bind(client, bearer)).toBe('');
      expect((await client.query('select hien.actor() as actor')).rows).toEqual([{ actor: null }]);
    });
});

it('the application’s role can neither make the mark nor read its secret, nor become somebody else', async () => {
  for (const url of [app.database.urls.app, app.database.urls.auditor]) {
    const client = await connect(url);
    const forbidden = [
      `select hien.context_mac('x')`,
      'select * from hien.binding_secret',
      'select * from hien.staff_session',
      'select * from hien.session_token',
      'select * from hien.staff_credential',
      'set role hien_owner',
      'set role hien_definer',
      'set session authorization postgres',
      'alter table hien.case_file disable row level security',
      'create table hien.mine (a int)',
      'create function hien.actor() returns uuid language sql as $$ select null::uuid $$',
      'drop policy case_seen on hien.case_file',
      `update hien.case_file set owner_agency_id = '${worker.agencyId}'`,
      'alter role hien_service superuser',
      `copy hien.case_file to program 'cat'`,
    ];
    for (const sql of forbidden) await expect(client.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  }
});

it('tables and functions of one’s own do not stand in for those of the house', async () => {
  const client = await connect();
  await inTransaction(client, async () => {
    await client.query(
      `create temp table case_member as select '${worker.staffId}'::uuid as staff_id, 'case'::text as subject_kind, '${caseId}'::uuid as subject_id`,
    );
    await client.query(
      `create function pg_temp.actor() returns uuid language sql as $$ select '${worker.staffId}'::uuid $$`,
    );
    await client.query('set local search_path = pg_temp, hien');
    await expectPowerless(client);
  });
});
