import pg from 'pg';
import { recordAlone } from './record-alone.ts';

/**
 * Begins a new log on what the database holds: a new name, a new epoch, and an event that says so. Whatever is being recorded at the
 * moment is waited for, so that each event belongs to one side. Answers with both names.
 * @param nameAfter the new name, given the settled one (null when the log never began)
 */
export async function restartLog(
  ownerUrl: string,
  nameAfter: (settled: string | null) => string,
): Promise<{ before: string | null; after: string }> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien audit' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local role hien_owner');
    await client.query('lock table hien.audit_event in share mode');
    await client.query('set local role hien_archivist');
    const { rows } = await client.query<{ before: string | null }>(
      'select audit_origin as before from hien.installation',
    );
    const before = rows[0]?.before ?? null;
    const after = nameAfter(before);
    await client.query('update hien.installation set audit_origin = $1, audit_epoch = audit_epoch + 1', [after]);
    await recordAlone(client, { action: 'audit.restart', job: 'audit-restart' });
    await client.query('commit');
    return { before, after };
  } finally {
    await client.end();
  }
}
