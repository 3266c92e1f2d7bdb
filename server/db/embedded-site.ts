import { chmod, mkdir, open, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the embedded server keeps its things inside one directory. */
export type Site = { directory: string; cluster: string; secret: string; log: string; lock: string };

/** Beginning of the names of clusters that are still being made. */
export const unfinishedPrefix = 'postgres.init-';

/** Makes the directory where it does not exist and names what lies in it. */
export async function prepareSite(path: string): Promise<Site> {
  // Started by root the server runs under a restricted account, which has to pass through, but not to list.
  const mode = isRoot() ? 0o711 : 0o700;
  const made = await mkdir(resolve(path), { recursive: true, mode });
  const directory = await realpath(path);
  if (made !== undefined) await chmod(directory, mode);
  return {
    directory,
    cluster: join(directory, 'postgres'),
    secret: join(directory, 'postgres.secret'),
    log: join(directory, 'postgres.log'),
    lock: join(directory, 'postgres.lock'),
  };
}

/** Makes names that were just added or changed in a directory survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** True for an error of the file system or a signal with this code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** True when this process may do everything. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
