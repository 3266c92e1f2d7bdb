import type { Pool } from 'pg';
import { boundRun } from '../db/bound-kysely.ts';
import { readQuorum, type Quorum } from './read-quorum.ts';
import { newestCheckpoint } from './tree.store.ts';
import type { Witness } from './witnesses.ts';

/** How far the tree has come: leaves under the newest signed head, when it was signed, and who has witnessed it. */
export type TreeStanding = { size: number; signedAt: Date | null; quorum: Quorum };

/** `pool`: with the sequencer's rights. */
export async function readStanding(pool: Pool, witnesses: readonly Witness[]): Promise<TreeStanding> {
  const client = await pool.connect();
  try {
    const run = boundRun(client, () => true);
    const newest = await newestCheckpoint(run);
    const quorum = await readQuorum(run, witnesses);
    return { size: newest?.size ?? 0, signedAt: newest?.signedAt ?? null, quorum };
  } finally {
    client.release();
  }
}
