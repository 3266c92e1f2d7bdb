import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { outlivedDumps } from './dump.rules.ts';

/**
 * Removes the copies of keys in a folder that have been kept for as long as the installation allows: certificates of
 * erasure promise the day on which the last one is gone. Answers their names.
 */
export async function pruneKeyDumps(folder: string, kept: { nowMs: number; keptDays: number }): Promise<string[]> {
  const outlived = outlivedDumps(await readdir(folder).catch(() => []), kept);
  for (const name of outlived) await rm(path.join(folder, name), { recursive: true, force: true });
  return outlived;
}
