import type { Run } from '../../db/bound-kysely.ts';
import { openHead, originOfNote, type LogKey } from '../log-key.ts';
import { isTreeOfEarlierEpoch, newestCheckpoint } from '../tree.store.ts';
import { consistencyProof, type TreeHead } from '../tlog/merkle.ts';
import { rootFromTiles, tileHashReader, type TileReader } from '../tlog/tiles.ts';
import { TlogError } from '../tlog/tlog-error.ts';
import { verifyConsistency } from '../tlog/verify-merkle.ts';
import type { KeptCheckpoint } from './kept-checkpoint.ts';
import { RefusedToSign } from './refusal.ts';

/** What this log has signed so far, as far as anybody here remembers: kept outside, and stored beside the tree. */
export type Signed = { kept: TreeHead | null; stored: TreeHead | null };
type Log = { key: LogKey; origin: string; epoch: number };

/**
 * Reads what was signed before. Throws RefusedToSign ORIGIN_CHANGED, CHECKPOINT_UNKNOWN, and CHECKPOINT_MISSING where a restored
 * database has a tree and nobody kept what was signed since: the next head might contradict it.
 */
export async function readSigned(run: Run, keeping: KeptCheckpoint, log: Log): Promise<Signed> {
  const note = await keeping.read();
  const newest = await newestCheckpoint(run);
  const kept = note === null ? null : headOfKept(note, log);
  // A log that was begun anew stands on the leaves of the one before it, whose heads bind it to nothing.
  const isOfThisLog = newest !== null && parsedOrigin(newest.note) === log.origin;
  const stored = isOfThisLog ? opened(newest.note, log) : null;
  if (stored !== null && kept === null && (await isTreeOfEarlierEpoch(run, log.epoch)))
    throw new RefusedToSign('CHECKPOINT_MISSING');
  return { kept, stored };
}

/**
 * Checks that a tree of `size` leaves begins with everything that was signed, by consistency proofs (RFC 6962 §2.1.2) out of the
 * tiles, and answers with its head. Throws RefusedToSign DATABASE_OLDER, TREE_INCONSISTENT.
 */
export async function requireContinuation(signed: Signed, size: number, readTile: TileReader): Promise<TreeHead> {
  if (signed.kept !== null && signed.kept.size > size) throw new RefusedToSign('DATABASE_OLDER');
  if (signed.stored !== null && signed.stored.size > size) throw new RefusedToSign('TREE_INCONSISTENT');
  return refusingFaults(async () => {
    const head = { size, root: await rootFromTiles(size, readTile) };
    for (const old of distinct(signed)) {
      const proof = await consistencyProof({ oldSize: old.size, size }, tileHashReader({ size, readTile }));
      verifyConsistency(old, proof, head);
    }
    return head;
  });
}

/** Turns what the stored tree lacks or contradicts into RefusedToSign TREE_INCONSISTENT. */
export async function refusingFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TlogError) throw new RefusedToSign('TREE_INCONSISTENT', { cause });
    throw cause;
  }
}

function distinct({ kept, stored }: Signed): TreeHead[] {
  if (kept === null || stored === null) return [kept, stored].filter((head) => head !== null);
  return kept.size === stored.size && kept.root.equals(stored.root) ? [kept] : [kept, stored];
}

function headOfKept(note: string, log: Log): TreeHead {
  if (parsedOrigin(note) !== log.origin) throw new RefusedToSign('ORIGIN_CHANGED');
  return opened(note, log);
}

function opened(note: string, { key, origin }: Log): TreeHead {
  try {
    return openHead(key, origin, note);
  } catch (cause) {
    throw new RefusedToSign('CHECKPOINT_UNKNOWN', { cause });
  }
}

function parsedOrigin(note: string): string {
  try {
    return originOfNote(note);
  } catch (cause) {
    throw new RefusedToSign('CHECKPOINT_UNKNOWN', { cause });
  }
}
