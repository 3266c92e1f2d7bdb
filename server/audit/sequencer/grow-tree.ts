import type { StoredTile } from '../tree.store.ts';
import { HASH_BYTES, rootOfHashes } from '../tlog/merkle.ts';
import { hashesOfTile, TILE_WIDTH, type TileReader } from '../tlog/tiles.ts';

/** The tiles that change when leaves are appended to a tree of `size` leaves: new ones, and at the right edge wider ones. */
export async function growTree(
  size: number,
  leafHashes: readonly Buffer[],
  readTile: TileReader,
): Promise<StoredTile[]> {
  const changed: StoredTile[] = [];
  let before = size;
  let added = leafHashes;
  for (let level = 0; added.length > 0; level += 1) {
    const tiles = await growLevel({ level, before, readTile }, added);
    changed.push(...tiles);
    // Only a full tile is hashed into the level above, and only one that was not full yet can have become so.
    added = tiles.filter((tile) => tile.width === TILE_WIDTH).map((tile) => rootOfTile(tile.hashes));
    before = Math.floor(before / TILE_WIDTH);
  }
  return changed;
}

export function rootOfTile(hashes: Buffer): Buffer {
  return rootOfHashes(hashesOfTile(hashes, TILE_WIDTH));
}

/** Reads what was just made before what is stored. */
export function tilesOver(made: readonly StoredTile[], stored: TileReader): TileReader {
  const byPlace = new Map(made.map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  return (tile) => byPlace.get(`${tile.level}/${tile.index}`) ?? stored(tile);
}

type Level = { level: number; before: number; readTile: TileReader };

async function growLevel({ level, before, readTile }: Level, added: readonly Buffer[]): Promise<StoredTile[]> {
  const first = Math.floor(before / TILE_WIDTH);
  const width = before % TILE_WIDTH;
  const old = width === 0 ? [] : hashesOfTile(await readTile({ level, index: first, width }), width);
  const hashes = [...old, ...added];
  const count = Math.ceil(hashes.length / TILE_WIDTH);
  return Array.from({ length: count }, (_, at) => {
    const own = hashes.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH);
    return {
      level,
      index: first + at,
      width: own.length,
      hashes: Buffer.concat(own, own.length * HASH_BYTES),
    };
  });
}
