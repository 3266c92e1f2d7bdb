import pg from 'pg';
import { sendEvents } from '../db/event-statements.ts';
import { Work } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import { appendEvents } from './append-events.ts';

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
    await record(client);
    await client.query('commit');
    return { before, after };
  } finally {
    await client.end();
  }
}

async function record(client: pg.Client): Promise<void> {
  const deed = { action: 'audit.restart' };
  const request = {
    bearer: null,
    purpose: '',
    deed,
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  const connection = client as unknown as pg.PoolClient;
  await sendEvents(
    client,
    appendEvents(new Work(connection, { kind: 'system', job: 'audit-restart' }, request), [deed]),
  );
}
