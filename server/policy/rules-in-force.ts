import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

const POLICIES = new URL('../../policies/', import.meta.url);

/** What decides about access, and the files that say it; names are sorted. */
const PARTS = {
  cedar: (file: string) => file.endsWith('.cedar') || file.endsWith('.cedarschema'),
  disclosure: (file: string) => file === 'disclosure-matrix.json',
  row_security: (file: string) => file === 'row-security.sql',
} as const;

/** Digests of the access rules that this release brings, `part:SHA-256` over the names and bytes of its files. */
export async function policyDigests(folder = POLICIES): Promise<string[]> {
  const files = (await readdir(folder)).toSorted();
  const digest = async ([part, isOf]: [string, (file: string) => boolean]): Promise<string> => {
    const hash = createHash('sha256');
    for (const file of files.filter(isOf)) hash.update(`${file}\n`).update(await readFile(new URL(file, folder)));
    return `${part}:${hash.digest('hex')}`;
  };
  return Promise.all(Object.entries(PARTS).map(digest));
}
