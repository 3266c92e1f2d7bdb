import type { Run } from '../../db/bound-kysely.ts';
import { signHead, type LogKey } from '../log-key.ts';
import { insertCheckpoint, insertLeaves, readSize, storedTiles, writeTiles } from '../tree.store.ts';
import {
  BATCH,
  BEGINNING,
  inTransaction,
  readGround,
  settleOrigin,
  takeEvents,
  type Ground,
  type Place,
  type Taken,
} from './events.store.ts';
import { growTree, tilesOver } from './grow-tree.ts';
import { readSigned, refusingFaults, requireContinuation } from './guard.ts';
import type { KeptCheckpoint } from './kept-checkpoint.ts';

/** `wantedOrigin`: the log's name where none is settled yet; null for one made of the installation's id. */
export type Sequencing = { run: Run; key: LogKey; keeping: KeptCheckpoint; wantedOrigin: string | null };

/**
 * Where a pass may begin to look: everything before it is in the tree. It lives in memory only and saves looking; a pass
 * from the beginning finds whatever it may have missed.
 */
export type Pass = { from: Place; isFirst: boolean };
export type PassResult = { next: Place; sequenced: number; isCutOff: boolean };

export const FIRST_PASS: Pass = { from: BEGINNING, isFirst: true };

/**
 * One pass: appends the settled events that are in no leaf yet, in the order (epoch, xid, id), and signs the new head if it
 * continues everything that was signed. At most one batch; `isCutOff` says that more may wait.
 *
 * What is lasting comes about in this order: the head in the file outside the database, then leaves, tiles and head by one commit. A crash
 * in between leaves a file that knows more than the database; the same events, all settled, then make the same tree again.
 * Throws RefusedToSign; nothing is changed then.
 */
export async function sequenceEvents(by: Sequencing, { from, isFirst }: Pass): Promise<PassResult> {
  const ground = await readGround(by.run);
  const origin = ground.origin ?? (await settleOrigin(by.run, by.wantedOrigin));
  // In a new epoch transaction ids begin anew, and events of the old one may have come from elsewhere.
  const begin = from.epoch === ground.epoch ? from : BEGINNING;
  const taken = await takeEvents(by.run, begin, ground);
  if (taken.length > 0 || isFirst) await inTransaction(by.run, () => append(by, { ...ground, origin }, taken));
  const last = taken.at(-1);
  const isCutOff = taken.length === BATCH && last !== undefined;
  const { epoch, xid } = isCutOff ? last : ground;
  return { next: { epoch, xid }, sequenced: taken.length, isCutOff };
}

type Named = Ground & { origin: string };

async function append(by: Sequencing, { origin, epoch }: Named, taken: readonly Taken[]): Promise<void> {
  const { run, key, keeping } = by;
  const signed = await readSigned(run, keeping, { key, origin, epoch });
  const before = await readSize(run);
  const stored = storedTiles(run);
  const hashes = taken.map((event) => event.leafHash);
  const tiles = await refusingFaults(() => growTree(before, hashes, stored));
  const head = await requireContinuation(signed, before + taken.length, tilesOver(tiles, stored));
  // Nothing came in: what is kept outside must not stay behind what is stored.
  if (taken.length === 0 && signed.stored?.size !== head.size) return;
  const note = signHead(key, origin, head);
  if (taken.length > 0) {
    await insertLeaves(run, before, taken);
    await writeTiles(run, tiles);
    await insertCheckpoint(run, { ...head, note, signedAt: new Date() });
  }
  if (signed.kept?.size !== head.size) await keeping.write(note);
}
