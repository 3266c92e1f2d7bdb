import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from '../db/bound-kysely.ts';

const POLL_MS = 100;

/**
 * Waits until every transaction that runs now has ended. Every bound transaction has a number from its first statement
 * on (its context is signed with it), so none that reads or writes sealed things is missed.
 */
export async function untilSettled(run: Run): Promise<void> {
  const { rows } = await run<{ mark: string }>('select pg_current_xact_id()::text as mark', []);
  const isOver = async (): Promise<boolean> => {
    const seen = await run<{ over: boolean }>(
      'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as over',
      [rows[0]?.mark ?? ''],
    );
    return seen.rows[0]?.over === true;
  };
  while (!(await isOver())) await pause(POLL_MS);
}
