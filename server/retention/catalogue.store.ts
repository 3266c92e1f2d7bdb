import type { ClientBase } from 'pg';

/** One statement, its rows: over a connection of one's own, or within a bound work. */
export type Ask = <Row>(text: string, values: readonly unknown[]) => Promise<{ rows: Row[] }>;

export function asking(client: ClientBase): Ask {
  return async <Row>(text: string, values: readonly unknown[]) => ({
    rows: (await client.query(text, [...values])).rows as unknown as Row[],
  });
}

/** A foreign key of `hien`: the columns of `table` name a row of `parent`. */
export type ForeignKey = { table: string; columns: string[]; parent: string; parentColumns: string[] };

/** Tables of the schema with their columns in order; partitions count as their parent. */
export async function readTables(ask: Ask): Promise<Map<string, string[]>> {
  const { rows } = await ask<{ table: string; columns: string[] }>(
    `select c.relname as "table", array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname = 'hien' and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' group by 1`,
    [],
  );
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

export async function readForeignKeys(ask: Ask): Promise<ForeignKey[]> {
  const names = (oid: string, keys: string): string =>
    `(select array_agg(a.attname::text order by k.nth) from unnest(f.${keys}) with ordinality k (attnum, nth)
        join pg_attribute a on a.attrelid = f.${oid} and a.attnum = k.attnum)`;
  const { rows } = await ask<ForeignKey>(
    `select c.relname as "table", ${names('conrelid', 'conkey')} as columns,
            p.relname as parent, ${names('confrelid', 'confkey')} as "parentColumns"
       from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
       join pg_namespace n on n.oid = c.relnamespace
      where f.contype = 'f' and n.nspname = 'hien' and not c.relispartition`,
    [],
  );
  return rows;
}

/** Names of the migrations that the database has, in order. */
export async function readMigrations(ask: Ask): Promise<string[]> {
  const { rows } = await ask<{ name: string }>('select name from public.hien_migration order by name', []);
  return rows.map(({ name }) => name);
}

/** Names as the catalogue spells them, ready to stand in a statement. */
export function quoted(client: ClientBase, names: readonly string[]): string {
  return names.map((name) => client.escapeIdentifier(name)).join(', ');
}
