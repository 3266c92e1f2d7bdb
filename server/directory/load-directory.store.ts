import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { recordAlone } from '../audit/index.ts';

const DATA = new URL('./data/', import.meta.url);

type Row = Record<string, unknown>;
type CodeListFile = Row & { list: string; version: number; codes: Row[] };

/** Reads one file of the release's directory data. */
export async function releaseData<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(new URL(name, DATA), 'utf8')) as T;
}

/**
 * Brings code lists, services, clock rules, purposes and hotlines of this release into the database.
 * Rows are added or their texts and ends corrected; none is removed, so old cases stay readable. A load that changes
 * anything leaves an event with the names of the tables.
 */
export async function loadDirectory(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien directory' });
  await client.connect();
  try {
    await client.query('begin; set local role hien_owner');
    const changed = [await loadCodeLists(client, await releaseData<CodeListFile[]>('code-lists.json'))];
    for (const table of TABLES) changed.push(await upsert(client, table, await releaseData<Row[]>(table.file)));
    await recordLoad(client, changed);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    await client.end();
  }
}

type Changed = { table: string; rows: number };

async function recordLoad(client: pg.Client, changed: readonly Changed[]): Promise<void> {
  const count = changed.reduce((sum, { rows }) => sum + rows, 0);
  if (count === 0) return;
  const fields = changed.filter(({ rows }) => rows > 0).map(({ table }) => table);
  await client.query('set local role hien_archivist');
  await recordAlone(client, { job: 'directory', action: 'directory.load', fields, count });
}

type Table = { file: string; table: string; columns: Readonly<Record<string, string>> };

const VALIDITY = { valid_from: 'validFrom', valid_to: 'validTo' };
const NAMES = { name_vi: 'nameVi', name_en: 'nameEn' };
const SOURCE = { source: 'source', verified: 'verified' };

const TABLES: readonly Table[] = [
  {
    file: 'services.json',
    table: 'service',
    columns: { code: 'code', sector: 'sector', ...NAMES, default_urgency: 'defaultUrgency', ...VALIDITY, ...SOURCE },
  },
  {
    file: 'clock-rules.json',
    table: 'clock_rule',
    columns: {
      code: 'code',
      trigger_vi: 'triggerVi',
      trigger_en: 'triggerEn',
      actor_vi: 'actorVi',
      actor_en: 'actorEn',
      time_limit: 'limit',
      calendar: 'calendar',
      ...VALIDITY,
      ...SOURCE,
    },
  },
  {
    file: 'purposes.json',
    table: 'purpose',
    columns: { code: 'code', ...NAMES, default_for: 'defaultFor', allowed_for: 'allowedFor', ...VALIDITY },
  },
  {
    file: 'hotlines.json',
    table: 'hotline',
    columns: { code: 'code', number: 'number', ...NAMES, ...VALIDITY, ...SOURCE },
  },
];

async function upsert(client: pg.Client, table: Table, rows: readonly Row[]): Promise<Changed> {
  const columns = Object.keys(table.columns);
  const updated = columns.filter((column) => column !== 'code' && column !== 'valid_from');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  const sql = `insert into hien.${table.table} as t (${columns.join(', ')}) values (${places}) on conflict (code, valid_from) ${replacing(updated)}`;
  const changed: Changed = { table: table.table, rows: 0 };
  for (const row of rows) {
    const values = Object.values(table.columns).map((key) => row[key] ?? defaultOf(key));
    changed.rows += (await client.query(sql, values)).rowCount ?? 0;
  }
  return changed;
}

/** What is the same already is left alone, so that it does not count as a change. */
function replacing(columns: readonly string[]): string {
  const list = (of: string): string => columns.map((column) => `${of}.${column}`).join(', ');
  const sets = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  return `do update set ${sets} where (${list('t')}) is distinct from (${list('excluded')})`;
}

function defaultOf(key: string): unknown {
  return key === 'verified' ? true : null;
}

const LIST_COLUMNS = ['name_vi', 'name_en', 'valid_to', 'source', 'verified'];
const CODE_COLUMNS = ['position', 'name_vi', 'name_en', 'hint_vi', 'hint_en', 'valid_to', 'verified', 'meta'];

async function loadCodeLists(client: pg.Client, lists: readonly CodeListFile[]): Promise<Changed> {
  const changed: Changed = { table: 'code_list', rows: 0 };
  for (const list of lists) {
    const { rowCount } = await client.query(
      `insert into hien.code_list as t (list, version, name_vi, name_en, valid_from, valid_to, source, verified) values ($1,$2,$3,$4,$5,$6,$7,$8)
       on conflict (list, version) ${replacing(LIST_COLUMNS)}`,
      [
        list.list,
        list.version,
        list['nameVi'],
        list['nameEn'],
        list['validFrom'],
        list['validTo'] ?? null,
        list['source'] ?? null,
        list['verified'] ?? true,
      ],
    );
    changed.rows += (rowCount ?? 0) + (await loadCodes(client, list));
  }
  return changed;
}

async function loadCodes(client: pg.Client, list: CodeListFile): Promise<number> {
  const rows = list.codes.map((code, position) => ({
    position,
    validFrom: list['validFrom'],
    validTo: list['validTo'] ?? null,
    verified: list['verified'] ?? true,
    hintVi: null,
    hintEn: null,
    meta: {},
    ...code,
  }));
  const { rowCount } = await client.query(
    `insert into hien.code as t (list, version, code, position, name_vi, name_en, hint_vi, hint_en, valid_from, valid_to, verified, meta)
     select $1, $2, r.code, r.position, r."nameVi", r."nameEn", r."hintVi", r."hintEn", r."validFrom", r."validTo", r.verified, coalesce(r.meta, '{}')
       from jsonb_to_recordset($3::jsonb) as r (code text, position int, "nameVi" text, "nameEn" text, "hintVi" text, "hintEn" text,
         "validFrom" date, "validTo" date, verified boolean, meta jsonb)
     on conflict (list, version, code) ${replacing(CODE_COLUMNS)}`,
    [list.list, list.version, JSON.stringify(rows)],
  );
  return rowCount ?? 0;
}
