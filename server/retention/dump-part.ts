import { openArchivist, recordDeed } from './archivist.store.ts';
import { pruneKeyDumps } from './prune-dumps.ts';
import { readKeptDays, writeDump, type DumpOrder, type WrittenDump } from './write-dump.store.ts';

const DEED = { data: 'retention.dump_data', keys: 'retention.dump_keys' } as const;

export type DumpReport = WrittenDump & { keptDays: number; pruned: string[] };

/**
 * Writes one dump. That it was taken is on record before the first byte is, for a copy of keys is a deed of weight. Old
 * copies of keys in the same folder go whether or not the new one came about: a certificate promised the day.
 */
export async function dumpPart(order: DumpOrder): Promise<DumpReport> {
  const archivist = openArchivist(order.ownerUrl);
  try {
    const keptDays = await readKeptDays(archivist.pool);
    const pruned = order.part === 'keys' ? await pruneKeyDumps(order.folder, { nowMs: Date.now(), keptDays }) : [];
    await recordDeed(archivist, { job: 'dump', action: DEED[order.part] });
    return { ...(await writeDump(order)), keptDays, pruned };
  } finally {
    await archivist.close();
  }
}
