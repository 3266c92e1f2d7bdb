import { constants } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/**
 * Puts `text` in the place of the file, mode 0600. Afterwards either the old content or the new one is there, whole, whenever
 * the power fails; once this has settled it is the new one. Only the holder of the folder's lock may call it.
 */
export async function replaceDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await withHandle(await open(draft, 'w', 0o600), async (handle) => {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  });
  await rename(draft, file);
  // The rename itself lasts only when the folder has reached the disk too.
  await withHandle(await open(path.dirname(file), constants.O_RDONLY), (folder) => folder.sync());
}

export async function withHandle<T>(handle: FileHandle, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
