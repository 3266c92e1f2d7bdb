import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

/** Tables whose rows carry keys, or yield to lasting ones. */
const SWEPT = ['access_grant', 'blind_index', 'referral'];
const PATIENCE_MS = 15_000;
const LOOK_MS = 50;

/**
 * Writes the tables anew without what was deleted: a deleted row lies in its page until then. False when others kept a
 * table busy for too long, or went on looking at what was there before; the erasure itself stands.
 */
export async function sweepDeleted(ownerUrl: string, patienceMs = PATIENCE_MS): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien sweep' });
  client.on('error', () => {});
  await client.connect();
  try {
    if (!(await isLookedAtByNobody(client, performance.now() + patienceMs))) return false;
    await client.query('set role hien_owner');
    await client.query(`set lock_timeout = '${patienceMs}ms'`);
    for (const table of SWEPT) await client.query(`vacuum (full) hien.${table}`);
    await client.query('reset role');
    // The old files are let go of at the checkpoint; an owner without that right waits for the next one.
    await client.query('checkpoint').catch(() => {});
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '55P03') return false;
    throw error;
  } finally {
    await client.end();
  }
}

// The fresh transaction id divides who began before it from who began after.
const OLDER = `select count(*)::int as older from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and age(backend_xmin) > age($1::xid8::xid)`;

/**
 * Whoever began before the deletion, and be it a look at the statistics, may still see its rows, and the tables written anew keep
 * them for it. True once all of these have ended. (A login that may not see others' sessions finds none.)
 */
async function isLookedAtByNobody(client: pg.Client, deadlineMs: number): Promise<boolean> {
  const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
  for (;;) {
    const { rows: found } = await client.query<{ older: number }>(OLDER, [rows[0]?.xid]);
    if (found[0]?.older === 0) return true;
    if (performance.now() > deadlineMs) return false;
    await setTimeout(LOOK_MS);
  }
}
