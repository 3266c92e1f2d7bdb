import { boundRun } from '../db/bound-kysely.ts';
import { openPool } from '../db/pool.ts';
import { settleOrigin } from './sequencer/events.store.ts';

/* The door for commands that an operator types. */

export { originOfNote, vkeyOf } from './log-key.ts';
export { nextOrigin } from './origin.rules.ts';
export { restartLog } from './restart-log.store.ts';
export { keptCheckpoint } from './sequencer/kept-checkpoint.ts';

/** The name of the log by the owner's connection; settled now if it never was. */
export async function settleOriginOver(ownerUrl: string, wanted: string | null): Promise<string> {
  const pool = openPool({ url: ownerUrl, max: 1, role: 'hien_sequencer', onError: () => {} });
  const client = await pool.connect();
  try {
    return await settleOrigin(
      boundRun(client, () => true),
      wanted,
    );
  } finally {
    client.release();
    await pool.end();
  }
}
