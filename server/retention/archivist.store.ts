import pg from 'pg';
import { appendEvents } from '../audit/index.ts';
import { Work, type Note, type WorkPorts } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import type { SystemAction } from '../policy/actions.ts';

export type Archivist = { ports: WorkPorts; pool: pg.Pool; close(): Promise<void> };

/** Bound works as `hien_archivist`, over the owner's connection: whole tables, with the same binding, decisions and log. */
export function openArchivist(ownerUrl: string): Archivist {
  const pool = new pg.Pool({
    connectionString: ownerUrl,
    max: 1,
    application_name: 'hien archivist',
    options: '-c role=hien_archivist -c search_path=hien,pg_temp',
    pipeline: true,
  } as pg.PoolConfig);
  pool.on('error', () => {});
  return { ports: { pool, append: appendEvents }, pool, close: () => pool.end() };
}

type SystemNote = Note & { action: SystemAction };
const JOB = 'archive';

/** Leaves the record of a deed that no person stands behind in the transaction that is open on `client`. */
export async function recordAlone(client: pg.ClientBase, note: SystemNote): Promise<void> {
  const request = {
    bearer: null,
    purpose: '',
    deed: { action: note.action },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  const work = new Work(client as pg.PoolClient, { kind: 'system', job: JOB }, request);
  await appendEvents(work, client as pg.PoolClient, [note]);
}

/** The same in a transaction of its own. */
export async function recordDeed({ pool }: Archivist, note: SystemNote): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await recordAlone(client, note);
    await client.query('commit');
  } finally {
    client.release();
  }
}
