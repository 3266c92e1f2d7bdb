import type pg from 'pg';
import type { EventV1 } from '../../server/audit/event.rules.ts';
import { isDeed } from '../../server/audit/vocabulary.ts';
import { keptCheckpoint } from '../../server/audit/commands.ts';
import { FIRST_PASS, sequenceEvents, type Pass } from '../../server/audit/sequencer/sequence-events.ts';
import { boundRun } from '../../server/db/bound-kysely.ts';
import { openPool } from '../../server/db/pool.ts';
import { AUDIT_LOG_KEY, derivedSigningKey } from '../../server/keys/index.ts';
import { bytesOf } from './audit-events.ts';
import type { Stage } from './stage.ts';

const APPEND = {
  name: 'append events',
  text: `with stored as (
    insert into hien.audit_event (id, recorded_at, occurred_at, epoch, actor_id, agency_id, owner_agency_id, action, outcome, object_kind, object_id, event)
    select id, at, at, (select audit_epoch from hien.installation), actor, agency, owner, action, 'done', kind, object, event
      from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::bytea[])
        as u (id, at, actor, agency, owner, action, kind, object, event))
  insert into hien.audit_event_case (case_id, event_id, recorded_at, is_deed)
  select * from unnest($10::uuid[], $11::uuid[], $12::timestamptz[], $13::boolean[])`,
};

/** Stores events in one transaction, as many as there are. */
export async function appendAll(client: pg.ClientBase, events: readonly EventV1[]): Promise<void> {
  const of = <K extends keyof EventV1>(name: K): EventV1[K][] => events.map((event) => event[name]);
  const shown = events.flatMap((event) => event.cases.map((caseId) => ({ caseId, event })));
  await client.query({
    ...APPEND,
    values: [
      ...[of('id'), of('recorded'), of('actor'), of('agency'), of('owner'), of('action'), of('objectKind')],
      of('objectId'),
      events.map(bytesOf),
      ...[shown.map(({ caseId }) => caseId), shown.map(({ event }) => event.id)],
      ...[shown.map(({ event }) => event.recorded), shown.map(({ event }) => isDeed(event))],
    ],
  });
}

/** Where a log is written: one database of the stage's server, and the folder of its kept checkpoint. */
export type Place = { ownerUrl: string; sequencerUrl: string; folder: string };

/** The real sequencer, pass after pass, on a connection of its own role. */
export type Sequencing = { seal(): Promise<number>; counts(): Promise<Counts>; close(): Promise<void> };

export async function openSequencing({ custodian }: Stage, place: Place): Promise<Sequencing> {
  const pool = openPool({ url: place.sequencerUrl, max: 1, role: 'hien_sequencer', onError: () => {} });
  const client = await pool.connect();
  const parts = {
    run: boundRun(client, () => true),
    key: derivedSigningKey(custodian, AUDIT_LOG_KEY),
    keeping: keptCheckpoint(place.folder),
    wantedOrigin: null,
  };
  let pass: Pass = FIRST_PASS;
  return {
    async seal() {
      let sealed = 0;
      for (let isCutOff = true; isCutOff;) {
        const result = await sequenceEvents(parts, pass);
        pass = { from: result.next, isFirst: false };
        sealed += result.sequenced;
        ({ isCutOff } = result);
      }
      return sealed;
    },
    counts: () => countsOf(client),
    async close() {
      client.release(true);
      await pool.end();
    },
  };
}

/** What a connection has done so far: pages of tables and indexes it went to, bytes of write-ahead log it wrote. */
export type Counts = { pages: number; walBytes: number };

const COUNTS = `select (select sum(hits + coalesce(reads, 0)) from pg_stat_get_backend_io(pg_backend_pid()) where object = 'relation')::float8 as pages,
  (select wal_bytes from pg_stat_get_backend_wal(pg_backend_pid()))::float8 as "walBytes"`;

/** Work that was done, not time that went by: it is the same on a busy machine. */
export async function countsOf(client: pg.ClientBase): Promise<Counts> {
  // A connection reports what it has done when it is idle; this makes it report at once.
  await client.query('select pg_stat_force_next_flush()');
  const { rows } = await client.query<Counts>(COUNTS);
  return rows[0] ?? { pages: Number.NaN, walBytes: Number.NaN };
}

/**
 * Takes the events of the generated cases away. Their ids are of today, and a log that is filled with earlier ones would write
 * before them, into the middle of indexes that a real log only ever continues.
 */
export async function emptyLog(client: pg.ClientBase): Promise<void> {
  // Triggers that refuse it do not fire for a replica.
  await client.query('set session_replication_role = replica');
  await client.query('truncate hien.audit_event, hien.audit_event_case');
  await client.query('reset session_replication_role');
}

/** Partitions of the months since `since`, as a system that has run since then has them. */
export async function makeEarlierPartitions(client: pg.ClientBase, since: Date): Promise<void> {
  const now = new Date();
  const months = (now.getUTCFullYear() - since.getUTCFullYear()) * 12 + now.getUTCMonth() - since.getUTCMonth();
  for (let nth = 0; nth < months; nth += 1) {
    const [from, to] = [nth, nth + 1].map(
      (add) => new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth() + add)),
    );
    for (const base of ['audit_event', 'audit_event_case']) {
      const name = `${base}_${from?.toISOString().slice(0, 7).replace('-', '_')}`;
      await client.query(
        `create table hien.${name} partition of hien.${base} for values from ('${from?.toISOString()}') to ('${to?.toISOString()}')`,
      );
      await client.query(
        `alter table hien.${name} enable row level security; alter table hien.${name} force row level security`,
      );
    }
  }
}
