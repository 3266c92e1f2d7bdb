import type { Insertable } from 'kysely';
import type { Database } from './schema.ts';
import type { Work } from './work.ts';

const texts = new Map<string, string>();

/**
 * Inserts rows of one shape in one statement, whose text is made once for each table, shape and number of rows.
 * The statement is on its way when this returns; the commit waits for it and fails with it.
 */
export async function insertRows<Table extends keyof Database & string>(
  work: Work,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
): Promise<void> {
  if (rows.length > 0) work.later(sent(work, { table, rows, twice: '' }));
}

/** Inserts what is not there yet, and waits for it. */
export async function insertMissing<Table extends keyof Database & string>(
  work: Work,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
): Promise<void> {
  if (rows.length > 0) await sent(work, { table, rows, twice: ' on conflict do nothing' });
}

/** `twice`: what to do about rows that are there already. */
type Inserting = { table: string; rows: readonly object[]; twice: string };

function sent(work: Work, { table, rows, twice }: Inserting): Promise<unknown> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.flatMap((row) => columns.map((column) => (row as Readonly<Record<string, unknown>>)[column]));
  return work.run(textFor(table, columns, rows.length) + twice, values);
}

function textFor(table: string, columns: readonly string[], rows: number): string {
  const key = `${table} ${columns.join(' ')} ${rows}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const tuples = Array.from({ length: rows }, (_, row) => tuple(columns.length, row * columns.length));
  const list = columns.map((column) => `"${snakeCase(column)}"`).join(', ');
  const text = `insert into "${snakeCase(table)}" (${list}) values ${tuples.join(', ')}`;
  texts.set(key, text);
  return text;
}

function tuple(width: number, before: number): string {
  return `(${Array.from({ length: width }, (_, index) => `$${before + index + 1}`).join(', ')})`;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
