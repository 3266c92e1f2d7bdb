import pg from 'pg';
import { eventStatements, recordAlone, type LoneDeed } from '../audit/index.ts';
import type { WorkPorts } from '../db/work.ts';

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
  return { ports: { pool, eventsOf: eventStatements }, pool, close: () => pool.end() };
}

/** Leaves the record of a deed of the system's own in a transaction of its own. */
export async function recordDeed({ pool }: Archivist, deed: LoneDeed): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await recordAlone(client, deed);
    await client.query('commit');
  } finally {
    client.release();
  }
}
