import type { Pool } from 'pg';
import type { Work } from '../db/work.ts';
import type { ArchiveCertificate } from './archive.rules.ts';

export type ArchiveRequest = { askedBy: string; askedAt: Date; expiresAt: Date };
/** From here on, and before there: the bounds of a partition as PostgreSQL has them. */
export type Bounds = { from: string; to: string };
/** A month as it stands in the database; null where it has no partition. */
export type MonthFacts = Bounds & {
  events: number;
  /** Events that are not in the tree, or whose bytes, leaf and tile do not agree. */
  unsealed: number;
  firstLeaf: number;
  lastLeaf: number;
};

/** Day one of a month, as the tables have it. */
const dayOf = (month: string): string => `${month}-01`;
const partitionOf = (base: 'audit_event' | 'audit_event_case', month: string): string =>
  `hien.${base}_${month.replace('-', '_')}`;

export async function auditsEverywhere(work: Work): Promise<boolean> {
  const { rows } = await work.run<{ everywhere: boolean }>('select hien.audits_everywhere() as everywhere', []);
  return rows[0]?.everywhere === true;
}

/** A newer request takes the place of an older one for the same month; outlived ones go. */
export async function saveArchiveRequest(work: Work, month: string, request: ArchiveRequest): Promise<void> {
  const { askedBy, askedAt, expiresAt } = request;
  await work.run('delete from hien.log_archive_request where month = $1 or expires_at <= $2', [dayOf(month), askedAt]);
  await work.run(
    'insert into hien.log_archive_request (month, asked_by, asked_at, expires_at) values ($1, $2, $3, $4)',
    [dayOf(month), askedBy, askedAt, expiresAt],
  );
}

/** The request, held until the end of the work: two confirmations cannot meet. */
export async function holdArchiveRequest(work: Work, month: string): Promise<ArchiveRequest | undefined> {
  const { rows } = await work.run<ArchiveRequest>(
    'select * from hien.log_archive_request where month = $1 for update',
    [dayOf(month)],
  );
  return rows[0];
}

export async function installationTerms(work: Work): Promise<{ id: string; keptMonths: number }> {
  const { rows } = await work.run<{ id: string; keptMonths: number }>(
    'select id, audit_keep_months as kept_months from hien.installation',
    [],
  );
  if (rows[0] === undefined) throw new Error('no installation');
  return rows[0];
}

/** Holds every event of the month against its leaf, and every leaf against its tile. */
export async function monthFacts(work: Work, month: string): Promise<MonthFacts | null> {
  const bounds = await boundsOf(work, month);
  if (bounds === null) return null;
  const { rows } = await work.run<Omit<MonthFacts, keyof Bounds>>(
    `select count(*) as events, coalesce(min(l.leaf_index), 0) as first_leaf, coalesce(max(l.leaf_index), 0) as last_leaf,
       count(*) filter (where l.leaf_hash is distinct from sha256('\\x00'::bytea || e.event)
         or l.leaf_hash is distinct from substr(t.hashes, (l.leaf_index % 256)::int * 32 + 1, 32)) as unsealed
     from hien.audit_event e left join hien.audit_leaf l on l.event_id = e.id
       left join hien.audit_tile t on t.level = 0 and t.tile_index = l.leaf_index / 256
     where e.recorded_at >= $1::timestamptz and e.recorded_at < $2::timestamptz`,
    [bounds.from, bounds.to],
  );
  return rows[0] === undefined ? null : { ...rows[0], ...bounds };
}

async function boundsOf(work: Work, month: string): Promise<Bounds | null> {
  const { rows } = await work.run<{ text: string }>(
    `select pg_get_expr(c.relpartbound, c.oid) as text from pg_class c where c.oid = to_regclass($1) and c.relispartition`,
    [partitionOf('audit_event', month)],
  );
  const [, from, to] = /FROM \('([^']+)'\) TO \('([^']+)'\)/.exec(rows[0]?.text ?? '') ?? [];
  return from === undefined || to === undefined ? null : { from, to };
}

/** Takes the month's partitions out of the log: the only way an event ever leaves the database. */
export async function dropMonth(work: Work, month: string): Promise<void> {
  await work.run('set local role hien_owner', []);
  await work.run(`set local lock_timeout = '15s'`, []);
  for (const base of ['audit_event_case', 'audit_event'] as const)
    await work.run(`drop table ${partitionOf(base, month)}`, []);
  await work.run('set local role hien_archivist', []);
}

export async function saveArchive(work: Work, certificate: ArchiveCertificate, text: string): Promise<void> {
  const { month, archivedAt } = certificate;
  await work.run('insert into hien.log_archive (month, archived_at, certificate) values ($1, $2, $3)', [
    dayOf(month),
    archivedAt,
    text,
  ]);
  await work.run('delete from hien.log_archive_request where month = $1', [dayOf(month)]);
}

/** The certificate of an archived month, as it was made. */
export async function archiveOf(pool: Pool, month: string): Promise<ArchiveCertificate | undefined> {
  const { rows } = await pool.query<{ certificate: string }>(
    'select certificate from hien.log_archive where month = $1',
    [dayOf(month)],
  );
  return rows[0] === undefined ? undefined : (JSON.parse(rows[0].certificate) as ArchiveCertificate);
}
