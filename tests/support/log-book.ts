import type { EventV1 } from '../../server/audit/event.rules.ts';
import type { TestApp } from './app.ts';

/** Events as they lie in the database, oldest first. */
export async function eventsAfter(app: TestApp, mark = ''): Promise<EventV1[]> {
  const rows = await app.database.ask<{ event: Buffer }>(
    'select event from hien.audit_event where id > $1::uuid order by recorded_at, id',
    [mark === '' ? '00000000-0000-0000-0000-000000000000' : mark],
  );
  return rows.map((row) => JSON.parse(row.event.toString('utf8')) as EventV1);
}

/** Id of the newest event: where "after" begins. */
export async function markOf(app: TestApp): Promise<string> {
  const [row] = await app.database.ask<{ id: string | null }>('select max(id::text) as id from hien.audit_event');
  return row?.id ?? '';
}

/** The events that `deed` leaves behind. */
export async function eventsOf(app: TestApp, deed: () => Promise<unknown>): Promise<EventV1[]> {
  const mark = await markOf(app);
  await deed();
  return eventsAfter(app, mark);
}

/** Number of rows of each table that a person's deed may touch; the log and sessions apart. */
export async function rowCounts(app: TestApp): Promise<Record<string, number>> {
  const tables = [
    'case_file',
    'access_grant',
    'case_member',
    'data_key',
    'sealed_document',
    'blind_index',
    'registration_draft',
    'idempotency',
    'consent',
    'referral',
    'conflict_bar',
    'conflict_doubt',
    'break_glass',
    'surname_match',
  ];
  const parts = tables.map((table) => `(select count(*)::int from hien.${table}) as ${table}`);
  const [row] = await app.database.ask<Record<string, number>>(`select ${parts.join(', ')}`);
  return row ?? {};
}
