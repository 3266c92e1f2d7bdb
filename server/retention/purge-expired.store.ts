import { runWork, type Work, type WorkPorts } from '../db/work.ts';
import { HOUR_MS } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';

export type Purging = { stop(): void };

const JOB = 'purge';
/** Referrals that one transaction ends: each has its own event. */
const BATCH = 100;

type Expired = { id: string; caseId: string; senderAgencyId: string };

/**
 * At start and every hour: ends referrals whose last day is over, and removes what has outlived its time (drafts after 7 days,
 * replay keys after 2, and what recipients hold of referrals that ended). Each run leaves its event, and one for each referral.
 */
export function startPurging(ports: WorkPorts, onFailure: (error: unknown) => void): Purging {
  const run = (): void => void purgeExpired(ports).catch(onFailure);
  const timer = setInterval(run, HOUR_MS).unref();
  run();
  return { stop: () => clearInterval(timer) };
}

/** @returns how many rows went, and how many referrals ended */
export async function purgeExpired(ports: WorkPorts): Promise<{ gone: number; expired: number }> {
  const total = { gone: 0, expired: 0 };
  for (;;) {
    const { gone, expired } = await purgeBatch(ports);
    total.gone += gone;
    total.expired += expired;
    if (expired < BATCH) return total;
  }
}

async function purgeBatch(ports: WorkPorts): Promise<{ gone: number; expired: number }> {
  const request = {
    bearer: null,
    job: JOB,
    purpose: '',
    deed: { action: 'retention.purge' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  return runWork(ports, request, async (work) => {
    const expired = await expireReferrals(work);
    const { rows } = await work.run<{ gone: number }>(
      'select hien.purge_expired() + hien.purge_ended_referrals() as gone',
      [],
    );
    const gone = rows[0]?.gone ?? 0;
    work.record({ count: gone });
    return { gone, expired };
  });
}

async function expireReferrals(work: Work): Promise<number> {
  const { rows } = await work.run<Expired>('select * from hien.expire_referrals($1)', [BATCH]);
  for (const { id, caseId, senderAgencyId } of rows)
    work.record({
      action: 'referral.expire',
      objectKind: 'referral',
      objectId: id,
      ownerAgencyId: senderAgencyId,
      caseIds: [caseId],
    });
  return rows.length;
}
