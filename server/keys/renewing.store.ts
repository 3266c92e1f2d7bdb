import type { Pool } from 'pg';
import { withKeeper } from './principal-rotation.store.ts';
import { renewSubject, type Renewing } from './renew-subject.ts';
import { alone, dueRenewals } from './renewals.store.ts';

export type RenewalLoop = { stop(): Promise<void> };

const LOOK_MS = 2_000;

/** Gives new data keys to every subject that waits for them. */
export async function renewDue(by: Renewing): Promise<void> {
  await withKeeper(by.ports.pool, (run) =>
    alone(run, async () => {
      for (const renewal of await dueRenewals(run)) await renewSubject(by, run, renewal);
    }),
  );
}

/**
 * Looks every two seconds whether anything waits, with the application's own right to know no more than that, and only
 * then works as the keeper of keys. What fails is tried again at the next look.
 */
export function startRenewing(by: Renewing, app: Pool, onFailure: (error: unknown) => void): RenewalLoop {
  let underway = Promise.resolve();
  let isIdle = true;
  const look = async (): Promise<void> => {
    const { rows } = await app.query<{ waits: boolean }>('select hien.renewals_wait() as waits');
    if (rows[0]?.waits === true) await renewDue(by);
  };
  const timer = setInterval(() => {
    if (!isIdle) return;
    isIdle = false;
    underway = look()
      .catch(onFailure)
      .finally(() => void (isIdle = true));
  }, LOOK_MS).unref();
  return {
    async stop() {
      clearInterval(timer);
      await underway;
    },
  };
}
