import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { aCaseWorker, auditor } from '../support/actors.ts';
import { startApp } from '../support/app.ts';
import { registerCase } from '../support/seed.ts';

const app = await startApp();
await registerCase(app, await aCaseWorker(app));
await (await auditor(app)).get('/api/audit/events');

const clients = new Map<string, pg.Client>();
afterAll(() => Promise.all([...clients.values()].map((client) => client.end())));

async function tried(url: string, sql: string): Promise<string> {
  const client = clients.get(url) ?? new pg.Client({ connectionString: url });
  if (!clients.has(url)) await client.connect();
  clients.set(url, client);
  return client.query(sql).then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  );
}

const PERMISSION_DENIED = '42501';
const APPEND_ONLY = 'HN002';
const partitions = await app.database.ask<{ name: string }>(
  `select inhrelid::regclass::text as name from pg_inherits where inhparent in ('hien.audit_event'::regclass, 'hien.audit_event_case'::regclass)`,
);
const tables = ['hien.audit_event', 'hien.audit_event_case', ...partitions.map((row) => row.name)];

it('there are partitions for the months to come, and one for whatever else', () => {
  expect(partitions.length).toBeGreaterThan(36);
  expect(partitions.map((row) => row.name)).toContain('hien.audit_event_rest');
});

it('the application can add to the log, but neither read, change nor empty it', async () => {
  for (const sql of ['select 1 from %t', 'update %t set recorded_at = now()', 'delete from %t', 'truncate %t'])
    for (const table of tables)
      expect(await tried(app.database.urls.app, sql.replace('%t', table)), `${sql} ${table}`).toBe(PERMISSION_DENIED);
});

it('the auditor’s pool can read and add, but neither change nor empty it', async () => {
  for (const sql of ['update %t set recorded_at = now()', 'delete from %t', 'truncate %t'])
    for (const table of tables)
      expect(await tried(app.database.urls.auditor, sql.replace('%t', table)), `${sql} ${table}`).toBe(
        PERMISSION_DENIED,
      );
});

it('even the superuser is stopped by the guards on every partition', async () => {
  for (const table of tables) expect(await tried(app.ownerUrl, `truncate ${table}`), table).toBe(APPEND_ONLY);
  for (const table of ['hien.audit_event', 'hien.audit_event_case']) {
    expect(await tried(app.ownerUrl, `delete from ${table}`)).toBe(APPEND_ONLY);
    expect(await tried(app.ownerUrl, `update ${table} set recorded_at = recorded_at`)).toBe(APPEND_ONLY);
  }
});

it('nobody can append in another person’s name', async () => {
  const insert = `insert into hien.audit_event (id, recorded_at, occurred_at, epoch, actor_id, action, outcome, event)
    values (gen_random_uuid(), now(), now(), 1, gen_random_uuid(), 'case.open', 'done', '{}')`;
  for (const url of [app.database.urls.app, app.database.urls.auditor])
    expect(await tried(url, insert)).toBe(PERMISSION_DENIED);
});
