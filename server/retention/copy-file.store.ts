import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type pg from 'pg';
import { copyOut } from '../db/copy.ts';

export type CopiedFile = { rows: number; bytes: number; sha256: string };
type Copying = { file: string; select: string; onRows: (rows: number) => void };

/** Writes the rows of a query as COPY text into a new file, for its owner alone, and has it on disk before it answers. */
export async function copyToFile(client: pg.Client, { file, select, onRows }: Copying): Promise<CopiedFile> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const sink = sinkOf(handle, onRows);
    const rows = await copyOut(client, `copy (${select}) to stdout`, sink.take);
    await handle.sync();
    onRows(rows);
    return { rows, ...sink.end() };
  } finally {
    await handle.close();
  }
}

const LINE_END = 0x0a;

/** Rows are counted by their line ends: in COPY text a line end within a value is written as two letters. */
function sinkOf(handle: FileHandle, onRows: (rows: number) => void) {
  const hash = createHash('sha256');
  let bytes = 0;
  let rows = 0;
  return {
    take: async (chunk: Buffer): Promise<void> => {
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) rows += 1;
      for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten;
      onRows(rows);
    },
    end: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}

/** Has the names in a folder on disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
