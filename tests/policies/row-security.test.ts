import { expect, it } from 'vitest';
import { PROTECTED_TABLES } from '../../server/db/soundness.ts';
import { startApp } from '../support/app.ts';

const app = await startApp();

type Table = { name: string; root: string; enabled: boolean; forced: boolean; owner: string; policies: number };
const tables = await app.database.ask<Table>(`
  select c.relname as name, coalesce(p.relname, c.relname) as root, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
         pg_get_userbyid(c.relowner) as owner, (select count(*)::int from pg_policy y where y.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_inherits h on h.inhrelid = c.oid left join pg_class p on p.oid = h.inhparent
   where n.nspname = 'hien' and c.relkind in ('r', 'p')`);

/** Columns by which a table would hold, or point to, what belongs to a case or to a person's deeds. */
const caseData = new Set(
  (
    await app.database.ask<{ name: string }>(`
      select distinct table_name as name from information_schema.columns where table_schema = 'hien'
         and (column_name in ('case_id', 'subject_id', 'sealed', 'bundle', 'owner_agency_id', 'request_mac') or table_name = 'case_file')`)
  ).map((row) => row.name),
);

it('every protected table and each of its partitions has row-level security, forced on its owner too', () => {
  const guarded = tables.filter((table) => PROTECTED_TABLES.includes(table.root));
  expect(new Set(guarded.map((table) => table.root))).toEqual(new Set(PROTECTED_TABLES));
  expect(guarded.length).toBeGreaterThan(PROTECTED_TABLES.length + 36);
  for (const table of guarded)
    expect({ name: table.name, enabled: table.enabled, forced: table.forced }).toEqual({
      name: table.name,
      enabled: true,
      forced: true,
    });
});

it('every table that holds case data is protected, and has policies of its own', () => {
  expect(caseData.size).toBeGreaterThanOrEqual(10);
  for (const table of tables.filter((each) => caseData.has(each.name))) {
    expect(PROTECTED_TABLES, table.name).toContain(table.root);
    // A partition is reached through its parent, whose policies hold; by itself it lets nobody in.
    expect(table.policies > 0, table.name).toBe(table.name === table.root);
  }
});

it('all tables belong to a role that nobody signs in as', async () => {
  expect(new Set(tables.map((table) => table.owner))).toEqual(new Set(['hien_owner']));
  const roles = await app.database.ask(
    `select rolname from pg_roles where rolname in ('hien_owner', 'hien_definer', 'hien_app', 'hien_auditor') and (rolcanlogin or rolsuper or rolbypassrls)`,
  );
  expect(roles).toEqual([]);
});

it('whoever may write a row is checked by what is written, not only by what was there', async () => {
  const unchecked = await app.database.ask(`
    select polrelid::regclass::text as table, polname from pg_policy
     where polcmd in ('a', 'w') and polwithcheck is null and polrelid::regclass::text like 'hien.%'`);
  expect(unchecked).toEqual([]);
});

it('no policy lets everybody in, and none is open but for the log’s list of cases, the definer, the keeper of keys, the sequencer and the archivist', async () => {
  const open = await app.database.ask<{ name: string }>(`
    select format('%s %s', polrelid::regclass, polname) as name from pg_policy
     where (pg_get_expr(polqual, polrelid) = 'true' or pg_get_expr(polwithcheck, polrelid) = 'true')
       and not polroles <@ array['hien_definer', 'hien_keeper', 'hien_sequencer', 'hien_archivist']::regrole[]::oid[]`);
  expect(open.map((row) => row.name)).toEqual(['hien.audit_event_case event_case_appended']);
  const forAll = await app.database.ask(`select polname from pg_policy where polroles = array[0::oid]`);
  expect(forAll).toEqual([]);
});

it('every definer function pins where it looks, and only the rooms that need one may call it', async () => {
  const functions = await app.database.ask<{
    name: string;
    config: string[] | null;
    definer: boolean;
    everybody: boolean;
    owner: string;
  }>(`
    select p.proname as name, p.proconfig as config, p.prosecdef as definer, has_function_privilege('public', p.oid, 'execute') as everybody,
           pg_get_userbyid(p.proowner) as owner
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'hien'`);
  for (const each of functions) {
    expect(each.config?.join(), each.name).toContain('search_path=pg_catalog, pg_temp');
    if (!each.definer) continue;
    expect(each.owner, each.name).toBe('hien_definer');
    expect(each.everybody, each.name).toBe(false);
  }
});

it('the definer sees no sealed byte and no key', async () => {
  const columns = await app.database.ask<{ name: string }>(`
    select format('%s.%s', c.relname, a.attname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = 'hien' and c.relkind in ('r', 'p') and a.atttypid = 'bytea'::regtype
       and has_column_privilege('hien_definer', c.oid, a.attnum, 'select')`);
  expect(columns.length).toBeGreaterThan(0);
  // Keyed hashes are there to be compared: whoever sees them learns no word.
  const allowed =
    /^(blind_index\.value|staff_identifier\.value|audit_event.*\.event|audit_leaf\.leaf_hash|audit_tile\.hashes|staff_session\.public_hash|session_token\.token_hash|staff_credential\.(salt|verifier)|binding_secret\.\w+)$/;
  for (const { name } of columns) expect(name).toMatch(allowed);
});
