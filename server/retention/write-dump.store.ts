import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { asking, quoted, readMigrations, readTables } from './catalogue.store.ts';
import { copyToFile, syncFolder } from './copy-file.store.ts';
import { DumpError } from './dump-error.ts';
import { columnsOf, DUMP_FILES, dumpName, undecidedTables, type DumpFile, type DumpPart } from './dump.rules.ts';
import { fileName, MANIFEST, type Manifest, type ManifestFile } from './manifest.ts';

export type DumpOrder = {
  ownerUrl: string;
  part: DumpPart;
  /** Where the dump's own folder is made. */
  folder: string;
  /** A snapshot that somebody holds (`pg_export_snapshot`); else a fresh one. */
  snapshot?: string | undefined;
  onRows: (done: number, total: number) => void;
};
export type WrittenDump = { place: string; rows: number; manifest: Manifest };

type Reading = { client: pg.Client; place: string; onRows: DumpOrder['onRows'] };
type Planned = DumpFile & { columns: string[]; expected: number };

/**
 * Writes one part of the database as files of COPY text with a manifest, out of one snapshot. It lies under a name that
 * ends in `.partial` until it is whole and on disk.
 * @throws DumpError SNAPSHOT, UNDECIDED, FOLDER
 */
export async function writeDump(order: DumpOrder): Promise<WrittenDump> {
  return withClient(order.ownerUrl, async (client) => {
    await beginReading(client, order.snapshot);
    const plan = await planned(client, order.part);
    const facts = await factsOf(client, order);
    const place = path.join(order.folder, dumpName(order.part, new Date(facts.takenAt)));
    const partial = `${place}.partial`;
    await mkdir(partial, { recursive: true, mode: 0o700 }).catch(() => {
      throw new DumpError('FOLDER', order.folder);
    });
    const files = await writeFiles({ client, place: partial, onRows: order.onRows }, plan);
    const manifest: Manifest = { format: 'hien-dump-v1', part: order.part, ...facts, files };
    await writeFile(path.join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await syncFolder(partial);
    await rename(partial, place);
    await syncFolder(order.folder);
    return { place, rows: files.reduce((sum, file) => sum + file.rows, 0), manifest };
  });
}

/** Holds one snapshot open while `run` dumps several parts out of it. */
export async function withSnapshot<T>(ownerUrl: string, run: (snapshot: string) => Promise<T>): Promise<T> {
  return withClient(ownerUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
    return run(rows[0]?.snapshot ?? '');
  });
}

/** For how many days a copy of keys may be kept here. */
export async function readKeptDays(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ days: number }>('select key_copy_days as days from hien.installation');
  return rows[0]?.days ?? 0;
}

async function beginReading(client: pg.Client, snapshot: string | undefined): Promise<void> {
  await client.query('begin isolation level repeatable read read only');
  if (snapshot !== undefined) {
    if (!/^[0-9A-Fa-f-]{1,60}$/.test(snapshot)) throw new DumpError('SNAPSHOT', snapshot);
    await client.query(`set transaction snapshot '${snapshot}'`).catch(() => {
      throw new DumpError('SNAPSHOT', snapshot);
    });
  }
  await client.query('set local role hien_archivist');
}

async function planned(client: pg.Client, part: DumpPart): Promise<Planned[]> {
  const tables = await readTables(asking(client));
  const undecided = undecidedTables([...tables.keys()]);
  if (undecided.length > 0) throw new DumpError('UNDECIDED', undecided.join(', '));
  const files = DUMP_FILES.filter((file) => file.part === part);
  const plan: Planned[] = [];
  for (const file of files) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from hien.${quoted(client, [file.table])}`,
    );
    plan.push({ ...file, columns: columnsOf(file, tables.get(file.table) ?? []), expected: rows[0]?.n ?? 0 });
  }
  return plan;
}

async function factsOf(client: pg.Client, order: DumpOrder) {
  const { rows } = await client.query<{ installation: string; keptDays: number; takenAt: Date }>(
    'select id as installation, key_copy_days as "keptDays", now() as "takenAt" from hien.installation',
  );
  const { installation, keptDays, takenAt } = rows[0] ?? { installation: '', keptDays: 0, takenAt: new Date(0) };
  return {
    installation,
    takenAt: takenAt.toISOString(),
    snapshot: order.snapshot ?? '',
    migrations: await readMigrations(asking(client)),
    keptDays: order.part === 'keys' ? keptDays : null,
  };
}

async function writeFiles(reading: Reading, plan: readonly Planned[]): Promise<ManifestFile[]> {
  const total = plan.reduce((sum, file) => sum + file.expected, 0);
  const written: ManifestFile[] = [];
  let done = 0;
  for (const file of plan) {
    const entry = await writeTable(reading, file, (rows) => reading.onRows(done + rows, total));
    done += entry.rows;
    written.push(entry);
  }
  return written;
}

async function writeTable(
  { client, place }: Reading,
  { name, table, columns }: Planned,
  onRows: (rows: number) => void,
): Promise<ManifestFile> {
  const select = `select ${quoted(client, columns)} from hien.${quoted(client, [table])}`;
  const copied = await copyToFile(client, { file: path.join(place, fileName({ name })), select, onRows });
  return { name, table, columns, ...copied };
}

/** Closing the connection ends its transaction. */
async function withClient<T>(ownerUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien dump' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
