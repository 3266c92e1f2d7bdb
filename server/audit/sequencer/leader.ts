import type { PoolClient } from 'pg';
import { boundRun } from '../../db/bound-kysely.ts';
import { Work } from '../../db/work.ts';
import { sendEvents } from '../../db/event-statements.ts';
import { MINUTE_MS } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { isLate } from '../audit-health.ts';
import { inTransaction, readDelay, tryLock } from './events.store.ts';
import { recheckTree } from './recheck-tree.ts';
import { FIRST_PASS, sequenceEvents, type Pass } from './sequence-events.ts';
import type { SequencerParts } from './sequencer.ts';

/** The one process that makes the tree, on the connection that holds the lock. */
export type Leader = {
  /** One look at what came in, until nothing waits or `isOver`. Throws RefusedToSign, or what the database said. */
  step(isOver: () => boolean): Promise<void>;
  /** Ends the connection, and the lead with it. */
  retire(): void;
};

const HEARTBEAT_MS = MINUTE_MS;
/** How often everything is looked at, so that nothing rests on what this process remembers. */
const FULL_PASS_MS = 10 * MINUTE_MS;
const MEASURED_MS = 10_000;

/** Null while another process leads. */
export async function takeLead(parts: SequencerParts): Promise<Leader | null> {
  const client = await parts.pool.connect();
  try {
    if (await tryLock(boundRun(client, () => true))) return leaderOn(client, parts);
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.release();
  return null;
}

function leaderOn(client: PoolClient, parts: SequencerParts): Leader {
  const run = boundRun(client, () => true);
  const isBeating = every(HEARTBEAT_MS);
  const isLookingAtAll = every(FULL_PASS_MS);
  const isMeasuring = every(MEASURED_MS);
  let pass: Pass = FIRST_PASS;
  let tile = 0;
  return {
    async step(isOver) {
      if (isBeating()) await inTransaction(run, () => beat(client, parts));
      if (isLookingAtAll()) pass = FIRST_PASS;
      tile = await recheckTree(run, tile);
      for (let isCutOff = true; isCutOff && !isOver();) {
        const result = await sequenceEvents({ run, ...parts }, pass);
        pass = { from: result.next, isFirst: false };
        ({ isCutOff } = result);
      }
      const delayMs = isMeasuring() ? await readDelay(client) : 0;
      if (isLate(delayMs)) parts.onDelay(delayMs);
    },
    retire: () => client.release(true),
  };
}

/** A leaf each minute, so that an end of the log shows: silence is either an hour without deeds or somebody's hand. */
async function beat(client: PoolClient, { append }: SequencerParts): Promise<void> {
  const deed = { action: 'audit.heartbeat' };
  const request = {
    bearer: null,
    purpose: '',
    deed,
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  await sendEvents(client, append(new Work(client, { kind: 'system', job: 'sequencer' }, request), [deed]));
}

/** True at the first call, and then once in a while. */
function every(ms: number): () => boolean {
  let lastAt = -Infinity;
  return () => {
    const isDue = performance.now() - lastAt >= ms;
    if (isDue) lastAt = performance.now();
    return isDue;
  };
}
