import { expect, vi } from 'vitest';
import type { TestApp } from './app.ts';
import { foundIn, plantedWords } from './canary.ts';
import type { Reply } from './http.ts';

/** A digest of each table: case data, the log, sessions and the numbers of their events. */
export async function stateOfAll(app: TestApp): Promise<Record<string, string>> {
  const tables = await app.database.ask<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'hien' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const parts = tables.map(
    ({ name }) =>
      `(select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from hien.${name} t) as ${name}`,
  );
  const [row] = await app.database.ask<Record<string, string>>(`select ${parts.join(', ')}`);
  return row ?? {};
}

/** Nothing is lent out, and PostgreSQL holds no transaction of ours (it may take a moment to see that we are gone). */
export async function requireQuiet(app: TestApp): Promise<void> {
  for (const pool of Object.values(app.context.pools)) expect(pool.totalCount - pool.idleCount).toBe(0);
  await vi.waitFor(async () => {
    const open = await app.database.ask(
      `select state, query from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() and xact_start is not null`,
      [app.database.name],
    );
    expect(open).toEqual([]);
  });
}

/** A failure that says nothing but that it is one. */
export function expectFailure({ problem, status, text }: Reply<unknown>, code: string, where: string): void {
  expect({ status, code: problem.code }, where).toEqual({ status: code === 'INTERNAL' ? 500 : 503, code });
  expect(foundIn(Buffer.from(text), plantedWords()), where).toEqual([]);
}
