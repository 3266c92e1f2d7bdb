import pg from 'pg';
import type { TestApp } from './app.ts';

/** Somebody with every right in the database, who changes rows past all guards and puts them back as they were. */
export type Tamperer = {
  /** Runs statements without triggers and foreign keys. */
  change(sql: string): Promise<void>;
  /** Puts these tables back as they were at the beginning. */
  undo(): Promise<void>;
};

const UNGUARDED = 'set session_replication_role = replica';

export async function aTamperer(
  app: Pick<TestApp, 'ownerUrl'>,
  tables: readonly string[],
): Promise<Tamperer & { close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: app.ownerUrl, application_name: 'test tamperer' });
  await client.connect();
  await client.query('create schema before');
  for (const table of tables) await client.query(`create table before.${table} as table hien.${table}`);
  await client.query(UNGUARDED);
  const restore = tables.map((table) => `delete from hien.${table}; insert into hien.${table} table before.${table};`);
  return {
    change: async (sql) => void (await client.query(sql)),
    undo: async () => void (await client.query(restore.join('\n'))),
    close: () => client.end(),
  };
}

/** Columns of the schema that hold bytes, `table.column`, in order; partitions of a table are the table. */
export async function byteColumns(app: TestApp): Promise<string[]> {
  const rows = await app.database.ask<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'hien' and a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped
        and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  return rows.map((row) => row.name);
}

export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (value instanceof Date) return `'${value.toISOString()}'`;
  return pg.escapeLiteral(String(value));
}
