import type { Run } from '../../db/bound-kysely.ts';
import { HASH_BYTES } from '../tlog/merkle.ts';
import { TILE_WIDTH, type TileReader } from '../tlog/tiles.ts';
import { readLeafHashes, readSize, storedTiles } from '../tree.store.ts';
import { rootOfTile } from './grow-tree.ts';
import { RefusedToSign } from './refusal.ts';

/** Tiles of level 0 that are looked at between two passes: a tree of a million leaves comes round in less than twenty minutes. */
const TILES_AT_ONCE = 4;

/**
 * Holds a few tiles against their leaves, and full ones against the tile above, beginning at tile `from` of level 0. New heads are
 * made of the right edge alone, so that a change in the middle would otherwise be signed over. Answers with where to go on.
 * Throws RefusedToSign TREE_INCONSISTENT.
 */
export async function recheckTree(run: Run, from: number): Promise<number> {
  const tiles = Math.ceil((await readSize(run)) / TILE_WIDTH);
  const begin = from < tiles ? from : 0;
  const end = Math.min(begin + TILES_AT_ONCE, tiles);
  const read = storedTiles(run);
  for (let index = begin; index < end; index += 1) await recheckTile(run, read, index);
  return end;
}

async function recheckTile(run: Run, read: TileReader, index: number): Promise<void> {
  const hashes = await bytesOf(read, 0, index);
  if (!hashes.equals(await readLeafHashes(run, index))) throw new RefusedToSign('TREE_INCONSISTENT');
  await recheckAbove(read, { level: 0, index, hashes });
}

/** A full tile stands as one hash in the tile above; the last of 256 makes that one full as well. */
async function recheckAbove(
  read: TileReader,
  { level, index, hashes }: { level: number; index: number; hashes: Buffer },
): Promise<void> {
  if (hashes.length !== TILE_WIDTH * HASH_BYTES) return;
  const place = index % TILE_WIDTH;
  const above = { level: level + 1, index: Math.floor(index / TILE_WIDTH) };
  const upper = await bytesOf(read, above.level, above.index);
  const entry = upper.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
  if (!entry.equals(rootOfTile(hashes))) throw new RefusedToSign('TREE_INCONSISTENT');
  if (place === TILE_WIDTH - 1) await recheckAbove(read, { ...above, hashes: upper });
}

async function bytesOf(read: TileReader, level: number, index: number): Promise<Buffer> {
  return Buffer.from(await read({ level, index, width: TILE_WIDTH }));
}
