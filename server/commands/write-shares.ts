import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { shareText, type ShareFile } from '../keys/share-file.ts';

/** Writes each share into a file of its own for its owner alone; never overwrites one. Answers with the files. */
export async function writeShares(folder: string, shares: readonly ShareFile[]): Promise<string[]> {
  const place = path.resolve(folder);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const files = shares.map((share) => ({ share, file: path.join(place, nameOf(share)) }));
  for (const { share, file } of files) await writeOnce(file, shareText(share));
  return files.map(({ file }) => file);
}

function nameOf({ of, set, share, total }: ShareFile): string {
  return `hien-${of}-${set}-${share.x}-of-${total}.txt`;
}

async function writeOnce(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
