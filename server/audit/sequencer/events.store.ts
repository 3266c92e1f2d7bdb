import type { Pool } from 'pg';
import type { Run } from '../../db/bound-kysely.ts';

/** A place in the order of the log, (epoch, xid, id): the epoch and transaction id (`xid8` as text) of what comes next. */
export type Place = { epoch: number; xid: string };

export const BEGINNING: Place = { epoch: 0, xid: '0' };

/**
 * How far the log is settled: transactions before `xid` have ended, each committed or not at all, so nothing can any more
 * come in before this place. `origin` is null until the log's name is settled.
 */
export type Ground = Place & { origin: string | null };

/** An event that is to become the next leaf. `recordedAt` as the database writes it: it has microseconds. */
export type Taken = Place & { id: string; recordedAt: string; leafHash: Buffer };

/** As many events become leaves in one transaction. A pass that is cut off is repeated with at least the same events. */
export const BATCH = 4_096;

/** From here on this connection reads events by their index, in order, and stops at a full batch instead of sorting all that wait. */
export async function readGround(run: Run): Promise<Ground> {
  const { rows } = await run<Ground>(
    `select audit_epoch as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid, audit_origin as origin,
            set_config('enable_sort', 'off', false) from hien.installation`,
    [],
  );
  const [ground] = rows;
  if (ground === undefined) throw new Error('the database has no installation');
  return ground;
}

/**
 * The next events that are in no leaf, between two places. That they are not there is asked of the leaves and never
 * concluded from a cursor. Transaction ids of earlier epochs belong to another cluster: all of those events are settled.
 */
export async function takeEvents(run: Run, from: Place, until: Place): Promise<Taken[]> {
  const isRecent = from.epoch === until.epoch;
  const values = isRecent ? [until.epoch, from.xid, until.xid] : [from.epoch, from.xid, until.epoch, until.xid];
  const { rows } = await run<Taken>(isRecent ? TAKE_RECENT : TAKE_ALL, values);
  return rows;
}

const COLUMNS = `e.id, e.recorded_at::text as recorded_at, e.epoch, e.xid::text as xid, sha256('\\x00'::bytea || e.event) as leaf_hash`;
const ORDER = `order by e.epoch, e.xid, e.id limit ${BATCH}`;

/** "offset 0": each of a few events is looked up by itself, so that a pass costs the same for every size of the log. */
const TAKE_RECENT = `select ${COLUMNS} from hien.audit_event e
  where e.epoch = $1::int and e.xid >= $2::xid8 and e.xid < $3::xid8
    and not exists (select 1 from hien.audit_leaf l where l.event_id = e.id offset 0) ${ORDER}`;

const TAKE_ALL = `select ${COLUMNS} from hien.audit_event e
  where (e.epoch, e.xid) >= ($1::int, $2::xid8) and (e.epoch, e.xid) < ($3::int, $4::xid8)
    and not exists (select 1 from hien.audit_leaf l where l.event_id = e.id) ${ORDER}`;

export async function settleOrigin(run: Run, wanted: string | null): Promise<string> {
  const { rows } = await run<{ origin: string }>('select hien.settle_audit_origin($1) as origin', [wanted]);
  return rows[0]?.origin ?? '';
}

/** Milliseconds that the oldest event waits for the tree; 0 when none does. May be asked with the application's rights. */
export async function readDelay(pool: Pick<Pool, 'query'>): Promise<number> {
  const { rows } = await pool.query<{ delay: number }>('select hien.audit_delay() as delay');
  return rows[0]?.delay ?? 0;
}

/** Any constant: one process at a time makes the tree of a database. */
const SEQUENCER_LOCK = 7_211_403;

/** Held until the connection ends; so whoever lost the connection has lost the lock and the transaction with it. */
export async function tryLock(run: Run): Promise<boolean> {
  const { rows } = await run<{ held: boolean }>(`select pg_try_advisory_lock(${SEQUENCER_LOCK}) as held`, []);
  return rows[0]?.held === true;
}

/** Everything or nothing of `work`. The connection is broken where even the rollback fails; whoever holds it finds out. */
export async function inTransaction<T>(run: Run, work: () => Promise<T>): Promise<T> {
  await run('begin', []);
  try {
    const result = await work();
    await run('commit', []);
    return result;
  } catch (error) {
    await run('rollback', []).catch(() => {});
    throw error;
  }
}
