import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes files of an export, readable by their owner only. */
export type Sink = { write(name: string, bytes: Buffer | string): Promise<void> };

/** Null when something lies in the folder already, or it cannot be made. */
export async function openSink(folder: string): Promise<Sink | null> {
  const made = new Set<string>();
  const names = await mkdir(folder, { recursive: true, mode: 0o700 })
    .then(() => readdir(folder))
    .catch(() => ['']);
  if (names.length > 0) return null;
  return {
    async write(name, bytes) {
      const file = path.join(folder, name);
      const parent = path.dirname(file);
      if (!made.has(parent)) await mkdir(parent, { recursive: true, mode: 0o700 });
      made.add(parent);
      await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
    },
  };
}
