import type { ClientBase, QueryConfig } from 'pg';

/** Rows of one table as the stores handed them over: columns in order, values row by row. */
export type TableRows = { columns: string[]; rows: unknown[][] };

/**
 * A client that remembers plain inserts instead of sending them, and sends everything else. So the real use cases and
 * the real sealing make the rows, and whole batches of them go to the server in one statement per table.
 */
export type BulkClient = { client: ClientBase; tables: Map<string, TableRows>; flush(): Promise<void> };

/** Comparing a case's parties with staff needs rows that are still in memory: whoever flushes them does it then. */
const COMPARISON = 'select hien.settle_conflicts(';
const NOT_BARRED = { rows: [[false]], fields: [{ name: 'is_barred' }], rowCount: 1 };

const INSERT = /^insert into "(\w+)" \(([^)]*)\) values /;

export function bulkClient(inner: ClientBase): BulkClient {
  const tables = new Map<string, TableRows>();
  const query = (config: QueryConfig | string): Promise<unknown> => {
    if (typeof config !== 'string' && config.text.startsWith(COMPARISON)) return Promise.resolve(NOT_BARRED);
    const found = typeof config === 'string' ? null : INSERT.exec(config.text);
    if (found === null || typeof config === 'string') return inner.query(config as QueryConfig);
    const rowCount = remember(tables, found, config.values ?? []);
    return Promise.resolve({ rows: [], fields: [], rowCount });
  };
  return {
    client: { query } as unknown as ClientBase,
    tables,
    async flush() {
      const whole = [...tables];
      tables.clear();
      for (const [table, given] of whole) await insertAll(inner, table, given);
    },
  };
}

function remember(
  tables: Map<string, TableRows>,
  [, table = '', list = '']: RegExpExecArray,
  values: unknown[],
): number {
  const columns = list.replaceAll('"', '').split(', ');
  const known = tables.get(table) ?? { columns, rows: [] };
  if (known.columns.join() !== columns.join()) throw new Error(`${table}: rows of different columns in one batch`);
  for (let at = 0; at < values.length; at += columns.length) known.rows.push(values.slice(at, at + columns.length));
  tables.set(table, known);
  return values.length / columns.length;
}

const types = new Map<string, Map<string, string>>();

async function insertAll(client: ClientBase, table: string, { columns, rows }: TableRows): Promise<void> {
  const typeOf = types.get(table) ?? (await columnTypes(client, table));
  types.set(table, typeOf);
  const lists = columns.map((column, index) => `$${index + 1}::${typeOf.get(column) ?? 'text'}[]`);
  await client.query({
    text: `insert into hien.${table} (${columns.join(', ')}) select * from unnest(${lists.join(', ')})`,
    values: columns.map((_, index) => rows.map((row) => row[index])),
  });
}

async function columnTypes(client: ClientBase, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = ('hien.' || $1)::regclass and attnum > 0 and not attisdropped`,
    [table],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}
