import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const MIGRATIONS = new URL('../../migrations/', import.meta.url);
const ROW_SECURITY = new URL('../../policies/row-security.sql', import.meta.url);
const PARTITIONS_AHEAD_MONTHS = 18;
/** Any constant: two migrators wait for each other. */
const MIGRATION_LOCK = 7_211_402;

export type MigrationReport = { applied: string[]; total: number };
type Progress = (name: string) => void;

/**
 * Applies what is missing of `migrations/*.sql` (forward only, each in its own transaction, ledger row first),
 * then `policies/row-security.sql` and the audit partitions. Needs a connection that may create roles.
 */
export async function migrate(ownerUrl: string, onStep: Progress = () => {}): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'hien migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(
      'create table if not exists public.hien_migration (name text primary key, applied_at timestamptz not null default now())',
    );
    const names = await migrationNames();
    const applied = await applyMissing(client, names, onStep);
    await applyRowSecurity(client);
    return { applied, total: names.length };
  } finally {
    await client.end();
  }
}

/** Names of migrations that this release has and the database has not. */
export async function pendingMigrations(
  query: (text: string) => Promise<{ rows: { name: string }[] }>,
): Promise<string[]> {
  const done = new Set((await query('select name from public.hien_migration')).rows.map((row) => row.name));
  return (await migrationNames()).filter((name) => !done.has(name));
}

async function migrationNames(): Promise<string[]> {
  return (await readdir(MIGRATIONS)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).toSorted();
}

async function applyMissing(client: pg.Client, names: readonly string[], onStep: Progress): Promise<string[]> {
  const done = new Set(
    (await client.query<{ name: string }>('select name from public.hien_migration')).rows.map((row) => row.name),
  );
  const missing = names.filter((name) => !done.has(name));
  for (const name of missing) {
    onStep(name);
    await inTransaction(client, async () => {
      await client.query('insert into public.hien_migration (name) values ($1)', [name]);
      await client.query(await readFile(new URL(name, MIGRATIONS), 'utf8'));
    });
  }
  return missing;
}

async function applyRowSecurity(client: pg.Client): Promise<void> {
  const policies = await readFile(ROW_SECURITY, 'utf8');
  await inTransaction(client, async () => {
    await client.query('grant select on public.hien_migration to hien_app');
    await client.query(policies);
    await client.query('reset role; set local role hien_owner');
    await client.query('select hien.make_audit_partitions($1)', [PARTITIONS_AHEAD_MONTHS]);
  });
}

async function inTransaction(client: pg.Client, run: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await run();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
