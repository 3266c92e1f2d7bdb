import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../server/retention/manifest.ts';

export type Row = Record<string, string | null>;

/** Rows of one file of a dump, read as PostgreSQL documents its text format; not with the code that wrote it. */
export async function rowsIn(place: string, name: string): Promise<Row[]> {
  const manifest = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')) as Manifest;
  const columns = manifest.files.find((file) => file.name === name)?.columns ?? [];
  const lines = (await readFile(join(place, `${name}.copy`), 'utf8')).split('\n').slice(0, -1);
  return lines.map((line) => {
    const values = line.split('\t').map((value) => (value === '\\N' ? null : value.replaceAll('\\\\', '\\')));
    return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? null]));
  });
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`${column} is empty`);
  return value;
}

/** `\x0102` */
export function bytes(row: Row, column: string): Buffer {
  return Buffer.from(text(row, column).slice(2), 'hex');
}
