import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { newId } from '../../server/kernel/ids.ts';

/** Rows that the system wrote, to be written again with fresh ids: same columns, same bytes, same number. */
export type Template = { table: string; columns: readonly string[]; rows: readonly unknown[][] };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The rows of `table` that match, as the system left them. */
export async function templateOf(
  client: ClientBase,
  table: string,
  where: { condition: string; values: unknown[] },
): Promise<Template> {
  const { fields, rows } = await client.query({
    text: `select * from hien.${table} where ${where.condition}`,
    values: where.values,
    rowMode: 'array',
  });
  if (rows.length === 0) throw new Error(`no row of ${table} to copy`);
  return { table, columns: fields.map((field) => field.name), rows: rows as unknown[][] };
}

/** Replaces ids and unique codes: those given in `known`, the others by fresh ones, the same one everywhere. */
export type Renaming = Map<string, string>;

export function insertOf(template: Template, rename: Renaming, keep: ReadonlySet<string>) {
  const { table, columns, rows } = template;
  let place = 0;
  const tuples = rows.map((row) => `(${row.map(() => `$${(place += 1)}`).join(', ')})`);
  // Copied seals do not open under other ids, so nothing may lead the system to them: no index, no current document.
  const value = (column: string | undefined, given: unknown): unknown => {
    if (column === 'value') return randomBytes((given as Buffer).length);
    return column === 'is_current' && isOfCase(template) ? false : renamed(given, rename, keep);
  };
  const values = rows.flatMap((row) => row.map((given, index) => value(columns[index], given)));
  return {
    name: `bare ${table} ${rows.length}`,
    text: `insert into hien.${table} (${columns.join(', ')}) values ${tuples.join(', ')}`,
    values,
  };
}

/** Documents that lie with a case that the system goes on working with. */
function isOfCase({ rows, columns }: Template): boolean {
  return rows.some((row) => row[columns.indexOf('record_kind')] === 'referral');
}

function renamed(value: unknown, rename: Renaming, keep: ReadonlySet<string>): unknown {
  if (typeof value !== 'string') return value;
  const known = rename.get(value);
  if (known !== undefined) return known;
  if (keep.has(value) || value.length !== 36 || !UUID.test(value)) return value;
  const fresh = newId();
  rename.set(value, fresh);
  return fresh;
}
