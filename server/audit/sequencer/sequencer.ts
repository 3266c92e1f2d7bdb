import type { Pool } from 'pg';
import type { LogKey } from '../log-key.ts';
import type { KeptCheckpoint } from './kept-checkpoint.ts';
import { takeLead, type Leader } from './leader.ts';
import { repeating, seldom } from './repeating.ts';
import { RefusedToSign, type RefusalReason } from './refusal.ts';

export type SequencerParts = {
  /** Connections in the role `hien_sequencer`; one is held for as long as this process leads. */
  pool: Pool;
  key: LogKey;
  keeping: KeptCheckpoint;
  wantedOrigin: string | null;
  intervalMs: number;
  onRefusal(reason: RefusalReason, cause: unknown): void;
  /** The oldest event still waits for so long, although nothing stands in the way here: an old transaction does. */
  onDelay(delayMs: number): void;
  onFailure(error: unknown): void;
};

export type Sequencer = {
  /** Why this process, leading, does not sign; null while it does, and while another process leads. */
  refusal(): RefusalReason | null;
  isLeading(): boolean;
  stop(): Promise<void>;
};

/**
 * Makes the tree in the background: one process of all that serve a database leads, the others stand by and take over when its
 * connection ends. A refusal is looked at again each time, and told once a minute.
 */
export function startSequencer(parts: SequencerParts): Sequencer {
  let leader: Leader | null = null;
  let refusal: RefusalReason | null = null;
  let isStopped = false;
  const sayRefusal = seldom(parts.onRefusal);
  const sayFailure = seldom(parts.onFailure);
  const own = { ...parts, onDelay: seldom(parts.onDelay) };

  const cycle = async (): Promise<void> => {
    try {
      leader ??= await takeLead(own);
      await leader?.step(() => isStopped);
      refusal = null;
    } catch (error) {
      if (error instanceof RefusedToSign) {
        refusal = error.reason;
        sayRefusal(error.reason, error.cause);
        return;
      }
      // Whatever it was, the lock goes with the connection, and nothing is remembered.
      leader?.retire();
      [leader, refusal] = [null, null];
      sayFailure(error);
    }
  };

  const cycles = repeating(parts.intervalMs, cycle);
  return {
    refusal: () => refusal,
    isLeading: () => leader !== null,
    async stop() {
      isStopped = true;
      await cycles.stop();
      leader?.retire();
      leader = null;
    },
  };
}
