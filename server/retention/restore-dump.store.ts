import { createReadStream } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { recordAlone } from '../audit/index.ts';
import { copyIn } from '../db/copy.ts';
import { asking, quoted, readForeignKeys, readMigrations, readTables, type ForeignKey } from './catalogue.store.ts';
import { DumpError } from './dump-error.ts';
import { columnsOf, DUMP_FILES, type DumpFile } from './dump.rules.ts';
import { fileName, readCheckedManifest, requirePair, type Manifest, type ManifestFile } from './manifest.ts';

export type RestoreOrder = {
  ownerUrl: string;
  dataFolder: string;
  keysFolder: string;
  onRows: (done: number, total: number) => void;
};
/** Rows that are there now, and rows left out: of erased cases, or keys of what the older data does not know. */
export type Restored = { restored: number; leftOut: number };

type Source = { folder: string; file: ManifestFile; planned: DumpFile };
type Target = { client: pg.Client; foreignKeys: readonly ForeignKey[]; caseTables: ReadonlySet<string> };

/**
 * Restores a dump of data and one of keys into an empty, migrated database: whole, or not at all. Cases that the keys
 * name as erased are left out, wherever the older data still has them.
 * @throws DumpError for dumps that are damaged, do not belong together or not here, and for a database with data
 */
export async function restoreDump(order: RestoreOrder): Promise<Restored> {
  const data = await readCheckedManifest(order.dataFolder, 'data');
  const keys = await readCheckedManifest(order.keysFolder, 'keys');
  requirePair(data, keys);
  const client = new pg.Client({ connectionString: order.ownerUrl, application_name: 'hien restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local role hien_archivist');
    const sources = await sourcesFor(client, order, { data, keys });
    await requireEmpty(client);
    const restored = await restoreAll(client, sources, order.onRows);
    await recordAlone(client, { job: 'restore', action: 'retention.restore', count: restored.restored });
    await client.query('commit');
    return restored;
  } finally {
    await client.end();
  }
}

type Manifests = Record<'data' | 'keys', Manifest>;

/** The files in the order of foreign keys. @throws DumpError OTHER_RELEASE unless dump and database have one shape */
async function sourcesFor(client: pg.Client, order: RestoreOrder, manifests: Manifests): Promise<Source[]> {
  const migrations = (await readMigrations(asking(client))).join();
  const isSame = Object.values(manifests).every((manifest) => manifest.migrations.join() === migrations);
  if (!isSame) throw new DumpError('OTHER_RELEASE');
  const tables = await readTables(asking(client));
  const sources = DUMP_FILES.map((planned) => {
    const file = manifests[planned.part].files.find((each) => each.name === planned.name);
    const columns = columnsOf(planned, tables.get(planned.table) ?? []);
    if (file === undefined || file.columns.join() !== columns.join()) throw new DumpError('OTHER_RELEASE');
    return { folder: planned.part === 'data' ? order.dataFolder : order.keysFolder, file, planned };
  });
  const named = Object.values(manifests).reduce((sum, manifest) => sum + manifest.files.length, 0);
  if (named !== sources.length) throw new DumpError('OTHER_RELEASE');
  return sources;
}

/** What a new database has on record before anybody is in it. */
const OF_MIGRATION = ['directory.load', 'policy.changed'];

/** What the migrations and the release's own directory bring is no data; people, cases and deeds are. */
async function requireEmpty(client: pg.Client): Promise<void> {
  const tables = ['staff', 'agency', 'case_file', 'principal_key', 'erased_case'];
  const deeds = `exists (select 1 from hien.audit_event where action <> all ($1))`;
  const any = [...tables.map((table) => `exists (select 1 from hien.${table})`), deeds].join(' or ');
  const { rows } = await client.query<{ isUsed: boolean }>(`select ${any} as "isUsed"`, [OF_MIGRATION]);
  if (rows[0]?.isUsed !== false) throw new DumpError('NOT_EMPTY');
}

async function restoreAll(
  client: pg.Client,
  sources: readonly Source[],
  onRows: RestoreOrder['onRows'],
): Promise<Restored> {
  const tables = await readTables(asking(client));
  const caseTables = new Set([...tables].flatMap(([table, columns]) => (columns.includes('case_id') ? [table] : [])));
  const target = { client, foreignKeys: await readForeignKeys(asking(client)), caseTables };
  await clearDirectory(client, sources);
  // A referral may only begin as a draft; these have gone further. The lock falls with the transaction.
  await asOwner(client, 'alter table hien.referral disable trigger referral_step');
  const total = sources.reduce((sum, { file }) => sum + file.rows, 0);
  let read = 0;
  let restored = 0;
  for (const source of sources) {
    restored += await restoreFile(target, source);
    read += source.file.rows;
    onRows(read, total);
  }
  await asOwner(client, 'alter table hien.referral enable trigger referral_step');
  // Transaction ids begin anew here: the log orders its events by epoch first.
  await client.query('update hien.installation set audit_epoch = audit_epoch + 1');
  return { restored, leftOut: total - restored };
}

async function clearDirectory(client: pg.Client, sources: readonly Source[]): Promise<void> {
  const tables = sources.filter(({ planned }) => planned.part === 'data').map(({ file }) => file.table);
  for (const table of tables.toReversed())
    if (!table.startsWith('audit_')) await client.query(`delete from hien.${quoted(client, [table])}`);
}

async function asOwner(client: pg.Client, statement: string): Promise<void> {
  await client.query('set local role hien_owner');
  await client.query(statement);
  await client.query('set local role hien_archivist');
}

/** By way of a table of this transaction alone: COPY itself cannot write where row-level security holds. */
async function restoreFile(target: Target, { folder, file, planned }: Source): Promise<number> {
  const { client } = target;
  const columns = quoted(client, file.columns);
  const table = `hien.${quoted(client, [planned.table])}`;
  await client.query(`create temporary table incoming on commit drop as select ${columns} from ${table} with no data`);
  const bytes = createReadStream(path.join(folder, fileName(file)), { highWaterMark: 256 * 1024 });
  const rows = await copyIn(client, 'copy pg_temp.incoming from stdin', bytes);
  if (rows !== file.rows) throw new DumpError('FILE_DAMAGED', path.join(folder, fileName(file)));
  const { rowCount } = await client.query(statementFor(target, planned, { table, columns: file.columns }));
  await client.query('drop table pg_temp.incoming');
  return rowCount ?? 0;
}

type Into = { table: string; columns: readonly string[] };

function statementFor(target: Target, planned: DumpFile, { table, columns }: Into): string {
  const { client } = target;
  if (planned.only === undefined)
    return `insert into ${table} (${quoted(client, columns)}) select ${quoted(client, columns)} from pg_temp.incoming i
      where ${conditionsFor(target, planned).join(' and ')}`;
  const rest = columns.filter((column) => column !== 'id').map((column) => client.escapeIdentifier(column));
  return `update ${table} t set ${rest.map((column) => `${column} = i.${column}`).join(', ')}
    from pg_temp.incoming i where t.id = i.id`;
}

/** Nothing of an erased case; and of the keys, which may be younger than the data, only what has its place there. */
function conditionsFor({ client, foreignKeys, caseTables }: Target, { part, table }: DumpFile): string[] {
  const erased = (column: string): string =>
    `not exists (select 1 from hien.erased_case e where e.case_id = i.${column})`;
  const ofCases = table === 'case_file' ? [erased('id')] : caseTables.has(table) ? [erased('case_id')] : [];
  const isLog = table.startsWith('audit_') || table === 'erased_case';
  const parents = foreignKeys.filter((key) => part === 'keys' && key.table === table);
  return ['true', ...(isLog ? [] : ofCases), ...parents.map((key) => hasParent(client, key))];
}

function hasParent(client: pg.Client, { columns, parent, parentColumns }: ForeignKey): string {
  const own = columns.map((column) => `i.${client.escapeIdentifier(column)}`);
  const pairs = parentColumns.map((column, index) => `p.${client.escapeIdentifier(column)} = ${own[index]}`);
  const isNull = own.map((column) => `${column} is null`).join(' or ');
  return `(${isNull} or exists (select 1 from hien.${quoted(client, [parent])} p where ${pairs.join(' and ')}))`;
}
