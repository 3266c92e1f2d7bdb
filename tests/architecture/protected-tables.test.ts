import { expect, it } from 'vitest';
import { PROTECTED_TABLES, requireSoundDatabase, UnsoundDatabaseError } from '../../server/db/soundness.ts';
import { openPool } from '../../server/db/pool.ts';
import { startApp } from '../support/app.ts';

const app = await startApp();

it('every table that names a case is among the protected ones', async () => {
  const rows = await app.database.ask<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname = 'hien' and c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'case_id' and not a.attisdropped`,
  );
  expect(rows.length).toBeGreaterThan(6);
  for (const { name } of rows) expect(PROTECTED_TABLES).toContain(name);
});

async function startOn(url: string): Promise<void> {
  const pool = openPool({ url, max: 1, onError: () => {} });
  try {
    await requireSoundDatabase(pool);
  } finally {
    await pool.end();
  }
}

it('the application starts as its own role', async () => {
  await expect(startOn(app.database.urls.app)).resolves.toBeUndefined();
});

it('it refuses to start as a role that passes by row-level security', async () => {
  await expect(startOn(app.ownerUrl)).rejects.toThrow(UnsoundDatabaseError);
});

it('it refuses to start when a protected table lacks it, or a migration is missing', async () => {
  await app.database.ask('alter table hien.consent no force row level security');
  await expect(startOn(app.database.urls.app)).rejects.toThrow(UnsoundDatabaseError);
  await app.database.ask('alter table hien.consent force row level security');
  await app.database.ask(`delete from public.hien_migration where name like '0006%'`);
  await expect(startOn(app.database.urls.app)).rejects.toThrow(/npm run db:migrate/);
});
