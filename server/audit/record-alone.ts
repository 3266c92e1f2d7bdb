import type pg from 'pg';
import { sendEvents } from '../db/event-statements.ts';
import { Work, type Note } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import { appendEvents } from './append-events.ts';
import type { EventAction } from './vocabulary.ts';

/** A deed of the system's own: no person is bound, the job is named. */
export type LoneDeed = Note & { action: EventAction; job: string };

/** Leaves the record of a deed that no person stands behind in the transaction that is open on `client`. */
export async function recordAlone(client: pg.ClientBase, { job, ...note }: LoneDeed): Promise<void> {
  const request = {
    bearer: null,
    job,
    purpose: '',
    deed: { action: note.action },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  const work = new Work(client as pg.PoolClient, { kind: 'system', job }, request);
  await sendEvents(client, appendEvents(work, [note]));
}
