import { sql } from 'kysely';
import { runWork, type WorkPorts } from '../db/work.ts';
import { HOUR_MS } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';

export type Purging = { stop(): void };

/**
 * Removes what has outlived its time at start and every hour: drafts after 7 days, replay keys after 2, and what recipients
 * hold of referrals that ended. Each run leaves its event. The log's partitions of the months to come are made as well.
 */
export function startPurging(ports: WorkPorts, onFailure: (error: unknown) => void): Purging {
  const run = (): void => {
    void purgeExpired(ports).catch(onFailure);
    void keepPartitions(ports).catch(onFailure);
  };
  const timer = setInterval(run, HOUR_MS).unref();
  run();
  return { stop: () => clearInterval(timer) };
}

/** Without them events of a new month would fall into the partition for whatever else, which cannot be archived. */
export async function keepPartitions({ pool }: Pick<WorkPorts, 'pool'>): Promise<void> {
  await pool.query('select hien.keep_audit_partitions()');
}

export async function purgeExpired(ports: WorkPorts): Promise<number> {
  const request = {
    bearer: null,
    job: 'purge',
    purpose: '',
    deed: { action: 'retention.purge' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  return runWork(ports, request, async (work) => {
    const { rows } = await sql<{
      gone: number;
    }>`select hien.purge_expired() + hien.purge_ended_referrals() as gone`.execute(work.db);
    const count = rows[0]?.gone ?? 0;
    work.record({ count });
    return count;
  });
}
