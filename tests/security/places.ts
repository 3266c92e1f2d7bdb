import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestApp } from '../support/app.ts';

/** Where words could come to lie: each place hands over its bytes, piece by piece. */
export type Pieces = AsyncGenerator<{ name: string; bytes: Buffer }>;

/** Every row of every table as text, and every column of bytes as it is. */
export async function* tablesOf(app: TestApp): Pieces {
  const tables = await app.database.ask<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('hien', 'public') order by 1`,
  );
  for (const { name } of tables) {
    const rows = await app.database.ask<Record<string, unknown> & { whole: string }>(
      `select t.*, t::text as whole from ${name} t`,
    );
    const raw = rows.flatMap((row) => Object.values(row).filter((value) => Buffer.isBuffer(value)));
    yield { name, bytes: Buffer.concat([Buffer.from(rows.map((row) => row.whole).join('\n')), ...raw]) };
  }
}

/** This database's files, the write-ahead log, statistics and temporary files of the server. */
export async function* clusterOf(app: TestApp): Pieces {
  await app.database.ask('checkpoint');
  const [row] = await app.database.ask<{ oid: string }>(
    'select oid::text from pg_database where datname = current_database()',
  );
  const cluster = join(inject('house').folder, 'postgres');
  const isOther = (path: string): boolean =>
    path.startsWith(`${join(cluster, 'base')}/`) &&
    !path.startsWith(join(cluster, 'base', row?.oid ?? '')) &&
    !path.includes('pgsql_tmp');
  yield* filesIn(cluster, isOther);
}

/** Files beside the cluster in the data folder: the server's log, and whatever else came to lie there. */
export async function* folderOf(folder: string): Pieces {
  yield* filesIn(folder, (path) => path.startsWith(`${join(folder, 'postgres')}/`));
}

/**
 * Files and folders may go while they are read: the cluster is shared with other tests, which drop their databases.
 * What is gone holds no word; what came in its place is read in its own turn.
 */
export async function* filesIn(folder: string, isLeftOut: (path: string) => boolean = () => false): Pieces {
  for await (const path of pathsIn(folder)) {
    if (isLeftOut(path)) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    yield { name: path.slice(folder.length + 1), bytes };
  }
}

async function* pathsIn(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(ifGone);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pathsIn(path);
    else if (entry.isFile()) yield path;
  }
}

function ifGone(error: NodeJS.ErrnoException): Dirent[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** What a scan finds in a place, and how many bytes it went through. */
export async function scanned(
  pieces: Pieces,
  scan: (hay: Buffer) => string[],
): Promise<{ found: string[]; bytes: number; pieces: number }> {
  const result = { found: [] as string[], bytes: 0, pieces: 0 };
  for await (const { name, bytes } of pieces) {
    result.bytes += bytes.length;
    result.pieces += 1;
    result.found.push(...scan(bytes).map((word) => `${name}: ${word}`));
  }
  return result;
}
