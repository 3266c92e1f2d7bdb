import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

export type FileFault = 'missing' | 'exposed' | 'foreign' | 'link' | 'format';

export type Guard = {
  /**
   * `owner`: mode 0600 or less, owned by this user, no symbolic link: files that this program made itself.
   * `service`: not for everybody. Whoever mounts secrets into a service does so through links, as root, or by a group's right.
   */
  reach: 'owner' | 'service';
  /** The error for a fault of the file; it must not quote the content. */
  refuse: (fault: FileFault) => Error;
};

const MAX_FILE_BYTES = 64 * 1024;
const REFUSED_BITS = { owner: 0o077, service: 0o007 } as const;
// NONBLOCK: a pipe in the file's place must not make the start wait for ever.
const FLAGS = {
  owner: constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
  service: constants.O_RDONLY | constants.O_NONBLOCK,
} as const;
const FAULTS: Readonly<Record<string, FileFault>> = { ENOENT: 'missing', EACCES: 'foreign', ELOOP: 'link' };

/** The text of a file that guards a secret. Throws what `refuse` makes of a fault. */
export async function readGuarded(file: string, guard: Guard): Promise<string> {
  const handle = await openExisting(file, guard);
  try {
    // Asked of the open handle, so that nobody swaps the file between the question and the reading.
    const fault = faultOf(await handle.stat(), guard.reach);
    if (fault !== undefined) throw guard.refuse(fault);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function faultOf(stat: Stats, reach: Guard['reach']): FileFault | undefined {
  if (!stat.isFile() || stat.size > MAX_FILE_BYTES) return 'format';
  if (reach === 'owner' && process.geteuid !== undefined && stat.uid !== process.geteuid()) return 'foreign';
  return (stat.mode & REFUSED_BITS[reach]) === 0 ? undefined : 'exposed';
}

async function openExisting(file: string, { reach, refuse }: Guard): Promise<FileHandle> {
  try {
    return await open(file, FLAGS[reach]);
  } catch (cause) {
    const fault = cause instanceof Error && 'code' in cause ? FAULTS[String(cause.code)] : undefined;
    throw fault === undefined ? cause : refuse(fault);
  }
}
