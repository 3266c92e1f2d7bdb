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
  const restore: string[] = [];
  for (const table of tables) {
    const columns = await writtenColumns(client, table);
    await client.query(`create table before.${table} as select ${columns} from hien.${table}`);
    restore.push(`delete from hien.${table}; insert into hien.${table} (${columns}) table before.${table};`);
  }
  await client.query(UNGUARDED);
  return {
    change: async (sql) => void (await client.query(sql)),
    undo: async () => void (await client.query(restore.join('\n'))),
    close: () => client.end(),
  };
}

/** Those that are not made of others. */
async function writtenColumns(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
      where attrelid = ('hien.' || $1)::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows[0]?.names ?? '';
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
