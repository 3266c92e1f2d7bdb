import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { hasCode, syncDirectory } from '../../db/embedded-site.ts';

/**
 * The last checkpoint that was signed, as a file apart from the database: who takes the database back to an earlier state
 * does not take this file back with it. It is written before the transaction commits, so it is never older than what anybody saw.
 */
export type KeptCheckpoint = {
  file: string;
  /** Null where there is none. */
  read(): Promise<string | null>;
  write(note: string): Promise<void>;
  /** Puts it aside as evidence, under a name that ends with `mark`; answers with the place. */
  putAside(mark: string): Promise<string | null>;
};

export function keptCheckpoint(folder: string): KeptCheckpoint {
  const file = path.join(folder, 'checkpoint');
  return {
    file,
    read: () => readFile(file, 'utf8').catch(nullIfMissing),
    async write(note) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const beside = `${file}.new`;
      const handle = await open(beside, 'w', 0o600);
      try {
        await handle.writeFile(note, 'utf8');
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, file);
      await syncDirectory(folder);
    },
    async putAside(mark) {
      const aside = `${file}.${mark}`;
      const isThere = await rename(file, aside).then(() => true, nullIfMissing);
      if (isThere === null) return null;
      await syncDirectory(folder);
      return aside;
    },
  };
}

function nullIfMissing(error: unknown): null {
  if (hasCode(error, 'ENOENT')) return null;
  throw error;
}
