import { hash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const MAX_FILES = 100;

/**
 * Keeps a checkpoint that the log has signed although it had signed another of the same size: beside the record it proves to
 * everybody that the log shows two faces. The folder takes so many and no more, so that it cannot fill the disk.
 * The file, or null when there is no room.
 */
export async function keepEvidence(folder: string, note: string): Promise<string | null> {
  try {
    const place = path.join(folder, 'evidence');
    await mkdir(place, { recursive: true, mode: 0o700 });
    if ((await readdir(place)).length >= MAX_FILES) return null;
    const file = path.join(place, `${hash('sha256', note)}.txt`);
    await writeFile(file, note, { mode: 0o600 });
    return file;
  } catch {
    // The refusal stands without it.
    return null;
  }
}
