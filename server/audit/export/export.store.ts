import pg from 'pg';
import { boundRun, type Run } from '../../db/bound-kysely.ts';
import type { Leaf } from './compare.rules.ts';
import type { Span } from './export.rules.ts';

/** Reads in one snapshot of the database, as a role that sees every event, over the owner's connection. */
export async function withSnapshot<T>(ownerUrl: string, read: (run: Run) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien audit export' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local role hien_archivist');
    return await read(boundRun(client, () => true));
  } finally {
    await client.end();
  }
}

/** From now on rows are looked up one by one, each in the partition of its time: a few thousand out of millions. */
export async function lookUpOneByOne(run: Run): Promise<void> {
  await run('set local enable_hashjoin = off', []);
  await run('set local enable_mergejoin = off', []);
}

export type ExportedCheckpoint = { size: number; note: string };

/** Of the heads signed in the last minute the one with most cosignatures, the newest of those; null before the first. */
export async function readCheckpoint(run: Run): Promise<ExportedCheckpoint | null> {
  const { rows } = await run<{ size: number; note: string; lines: string | null }>(
    `select c.size::float8 as size, c.note,
            (select string_agg(s.line, '' order by s.witness) from hien.audit_cosignature s where s.size = c.size) as lines
       from hien.audit_checkpoint c
      where c.signed_at >= (select max(signed_at) from hien.audit_checkpoint) - interval '1 minute'
      order by (select count(*) from hien.audit_cosignature s where s.size = c.size) desc, c.size desc limit 1`,
    [],
  );
  const [found] = rows;
  return found === undefined ? null : { size: found.size, note: `${found.note}${found.lines ?? ''}` };
}

/** The leaves recorded between two times, ends of a half-open span; an end that is null is open. */
export async function findSpan(run: Run, about: { from: Date | null; to: Date | null; size: number }): Promise<Span> {
  const { rows } = await run<{ first: number; end: number }>(
    `select coalesce(min(leaf_index), 0)::float8 as first, coalesce(max(leaf_index) + 1, 0)::float8 as end from hien.audit_leaf
      where leaf_index < $1 and recorded_at >= coalesce($2::timestamptz, '-infinity') and recorded_at < coalesce($3::timestamptz, 'infinity')`,
    [about.size, about.from, about.to],
  );
  return rows[0] ?? { first: 0, end: 0 };
}

/** `recordedText`: as the database writes it, with microseconds. */
export type LeafRow = Omit<Leaf, 'isArchived'> & { recordedText: string; leafRecordedAt: Date };

/** Leaves in order, each with the event that it stands for; null where that is gone. */
export async function readLeaves(run: Run, { first, end }: Span): Promise<LeafRow[]> {
  const { rows } = await run<LeafRow>(
    `select l.leaf_index::float8 as leaf_index, l.leaf_hash, l.recorded_at::text as recorded_text, l.recorded_at as leaf_recorded_at, e.event, e.id, e.recorded_at, e.occurred_at,
            e.actor_id, e.agency_id, e.owner_agency_id, e.action, e.outcome, e.object_kind, e.object_id
       from hien.audit_leaf l left join hien.audit_event e on e.recorded_at = l.recorded_at and e.id = l.event_id
      where l.leaf_index >= $1::bigint and l.leaf_index < $2::bigint order by l.leaf_index`,
    [first, end],
  );
  return rows;
}

/** Hashes of these tiles of one level, as wide as they have grown. */
export async function readTiles(run: Run, level: number, indexes: readonly number[]): Promise<Map<number, Buffer>> {
  const { rows } = await run<{ tileIndex: number; hashes: Buffer }>(
    `select tile_index::float8 as tile_index, hashes from hien.audit_tile where level = $1::smallint and tile_index = any ($2::bigint[])`,
    [level, indexes],
  );
  return new Map(rows.map(({ tileIndex, hashes }) => [tileIndex, hashes]));
}

/** That an event shows a case; `at` as the database writes it: it has microseconds. */
export type Shown = { leafIndex: number; caseId: string; eventId: string; at: string; isDeed: boolean };

/** Those of which the look-up of cases knows nothing, or something else: a search by the case or its history would not find the event. */
export async function findHidden(run: Run, shown: readonly Shown[]): Promise<number[]> {
  const { rows } = await run<{ leafIndex: number }>(
    `select u.leaf_index::float8 as leaf_index
       from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::boolean[]) as u (leaf_index, case_id, event_id, at, is_deed)
      where not exists (select 1 from hien.audit_event_case k where k.recorded_on = (u.at at time zone 'UTC')::date
          and k.case_id = u.case_id and k.recorded_at = u.at and k.event_id = u.event_id and k.is_deed = u.is_deed)`,
    [
      shown.map((one) => one.leafIndex),
      shown.map((one) => one.caseId),
      shown.map((one) => one.eventId),
      shown.map((one) => one.at),
      shown.map((one) => one.isDeed),
    ],
  );
  return rows.map(({ leafIndex }) => leafIndex);
}

const MOST = 10_000;

/** Rows of the look-up of cases that the event itself says nothing of: a search would find too much. */
export async function findInvented(run: Run, { first, end }: Span): Promise<number[]> {
  const { rows } = await run<{ leafIndex: number }>(
    `select l.leaf_index::float8 as leaf_index from hien.audit_event_case k
       join hien.audit_leaf l on l.event_id = k.event_id
       join hien.audit_event e on e.recorded_at = k.recorded_at and e.id = k.event_id
      where l.leaf_index >= $1::bigint and l.leaf_index < $2::bigint and position(convert_to(k.case_id::text, 'UTF8') in e.event) = 0
      order by 1 limit ${MOST}`,
    [first, end],
  );
  return rows.map(({ leafIndex }) => leafIndex);
}

/** Leaves whose event stands there once more with another time: such a row would never get a leaf of its own. */
export async function findStrays(run: Run, { first, end }: Span): Promise<number[]> {
  const { rows } = await run<{ leafIndex: number }>(
    `select l.leaf_index::float8 as leaf_index from hien.audit_event e join hien.audit_leaf l on l.event_id = e.id
      where l.leaf_index >= $1::bigint and l.leaf_index < $2::bigint and e.recorded_at <> l.recorded_at order by 1 limit ${MOST}`,
    [first, end],
  );
  return rows.map(({ leafIndex }) => leafIndex);
}

/** A month (`YYYY-MM`) whose events have left the database, with the bounds of its partition. */
export type ArchivedMonth = { month: string; begins: Date; ends: Date };

export async function readArchivedMonths(run: Run): Promise<ArchivedMonth[]> {
  const { rows } = await run<ArchivedMonth>(
    `select to_char(month, 'YYYY-MM') as month, (certificate::jsonb ->> 'from')::timestamptz as begins,
            (certificate::jsonb ->> 'to')::timestamptz as ends from hien.log_archive order by 1`,
    [],
  );
  return rows;
}
