import type { Pool } from 'pg';
import { readDelay } from './sequencer/events.store.ts';
import type { RefusalReason } from './sequencer/refusal.ts';
import type { Sequencer } from './sequencer/sequencer.ts';

/**
 * Whether deeds become part of the signed log in time. `DELAYED`: the oldest one waits for longer than half a minute;
 * `UNKNOWN`: the database does not say; else why the sequencer does not sign. The work itself goes on all the same.
 */
export type AuditHealth = {
  isSound: boolean;
  reason: RefusalReason | 'DELAYED' | 'UNKNOWN' | null;
  mergeDelayMs: number | null;
};

const LONGEST_DELAY_MS = 30_000;
const REMEMBERED_MS = 1_000;

/** Anybody may ask whether the system is ready; the database is asked once a second. */
export function auditHealth(pool: Pool, sequencer: Pick<Sequencer, 'refusal'> | null): () => Promise<AuditHealth> {
  let asked: { at: number; delay: Promise<number | undefined> } | undefined;
  return async () => {
    const now = performance.now();
    if (asked === undefined || now - asked.at >= REMEMBERED_MS)
      asked = { at: now, delay: readDelay(pool).catch(() => undefined) };
    return healthOf(await asked.delay, sequencer?.refusal() ?? null);
  };
}

function healthOf(delay: number | undefined, refusal: RefusalReason | null): AuditHealth {
  const reason = refusal ?? (delay === undefined ? 'UNKNOWN' : isLate(delay) ? 'DELAYED' : null);
  return { isSound: reason === null, reason, mergeDelayMs: delay ?? null };
}

export function isLate(delayMs: number): boolean {
  return delayMs > LONGEST_DELAY_MS;
}
