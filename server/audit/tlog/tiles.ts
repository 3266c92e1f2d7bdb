import { requireSize } from './encoding.ts';
import { HASH_BYTES, requireIndex, rootOfHashes, rootOfSize, type HashReader } from './merkle.ts';
import { TlogError } from './tlog-error.ts';

/* Tiles of C2SP tlog-tiles: each holds the hashes of up to 256 neighbours at every eighth level of the tree. */

export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;
const MAX_TILE_LEVEL = 63;

/** Tile `index` of its level, as wide (1 … 256 hashes) as the tree it is read for makes it. Level 0 holds leaf hashes. */
export type Tile = { level: number; index: number; width: number };

/** Up to 256 entries; bundle `index` holds what tile `index` of level 0 holds the hashes of. */
export type Bundle = { level: 'entries'; index: number; width: number };

/** Yields a tile's hashes one after the other, `32 · width` bytes; more of the same tile is welcome and ignored. */
export type TileReader = (tile: Tile) => Promise<Uint8Array> | Uint8Array;

/** A tree whose hashes lie in tiles. */
export type TiledTree = { size: number; readTile: TileReader };

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** The tiles that a tree grown from `oldSize` to `size` has and the old one had not, or had narrower. Lowest level first. */
export function tilesFor(oldSize: number, size: number): Tile[] {
  if (requireSize(oldSize) > requireSize(size)) throw new TlogError('INDEX_RANGE');
  const tiles: Tile[] = [];
  let [before, now] = [oldSize, size];
  for (let level = 0; now > 0; level += 1) {
    tiles.push(...columns(before, now).map((column) => ({ level, ...column })));
    [before, now] = [parents(before), parents(now)];
  }
  return tiles;
}

/** The entry bundles that are new or wider in a tree grown from `oldSize` to `size`. */
export function bundlesFor(oldSize: number, size: number): Bundle[] {
  if (requireSize(oldSize) > requireSize(size)) throw new TlogError('INDEX_RANGE');
  return columns(oldSize, size).map((column) => ({ level: 'entries', ...column }));
}

/** `tile/<level>/<index>`, with `.p/<width>` unless it is full; the index in groups of three digits (1234067: `x001/x234/067`). */
export function tilePath({ level, index, width }: Tile | Bundle): string {
  if (!isLevel(level) || !isWidth(width)) throw new TlogError('TILE_PATH');
  const digits = String(requireSize(index));
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const place = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${place}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** What a path names; only the one spelling that `tilePath` gives is taken. Throws TlogError TILE_PATH. */
export function parseTilePath(path: string): Tile | Bundle {
  const [, level, groups, width] = PATH.exec(path) ?? [];
  if (level === undefined || groups === undefined) throw new TlogError('TILE_PATH');
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const place = { index, width: width === undefined ? TILE_WIDTH : Number(width) };
  const named: Tile | Bundle =
    level === 'entries' ? { level: 'entries', ...place } : { level: Number(level), ...place };
  // Not safe as a number, width 256 spelled out, or groups of zeroes in front: another spelling of some other path.
  if (!Number.isSafeInteger(index) || tilePath(named) !== path) throw new TlogError('TILE_PATH');
  return named;
}

/**
 * The hash of the complete subtree of `2^level` leaves at `index`, out of the one tile that has it.
 * Throws TlogError INDEX_RANGE when the tree has no such subtree, TILE_WIDTH for a tile of a wrong length.
 */
export async function hashFromTiles({ size, readTile }: TiledTree, level: number, index: number): Promise<Buffer> {
  const tileLevel = Math.floor(requireSize(level) / TILE_HEIGHT);
  const across = 2 ** (level % TILE_HEIGHT);
  const count = nodesAt(size, tileLevel);
  requireIndex(index, Math.floor(count / across));
  const first = index * across;
  const tileIndex = Math.floor(first / TILE_WIDTH);
  const start = tileIndex * TILE_WIDTH;
  const tile = { level: tileLevel, index: tileIndex, width: Math.min(TILE_WIDTH, count - start) };
  return rootOfHashes(hashesOfTile(await readTile(tile), tile.width).slice(first - start, first - start + across));
}

/** Reads hashes for roots and proofs out of tiles. */
export function tileHashReader(tree: TiledTree): HashReader {
  return (level, index) => hashFromTiles(tree, level, index);
}

/** The root of the tree, out of the tiles at its right edge. */
export function rootFromTiles(size: number, readTile: TileReader): Promise<Buffer> {
  return rootOfSize(size, tileHashReader({ size, readTile }));
}

/** The first `width` hashes of a tile. Throws TlogError TILE_WIDTH when it is broken, too short or over-long. */
export function hashesOfTile(bytes: Uint8Array, width: number): Buffer[] {
  const count = bytes.length / HASH_BYTES;
  if (!isWidth(width) || !isWidth(count) || count < width) throw new TlogError('TILE_WIDTH');
  const hashes = Buffer.from(bytes);
  return Array.from({ length: width }, (_, at) => hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

function columns(before: number, now: number): { index: number; width: number }[] {
  if (before === now) return [];
  const first = Math.floor(before / TILE_WIDTH);
  return Array.from({ length: Math.ceil(now / TILE_WIDTH) - first }, (_, at) => {
    const index = first + at;
    return { index, width: Math.min(TILE_WIDTH, now - index * TILE_WIDTH) };
  });
}

/** How many hashes a level of tiles holds for `size` leaves. */
function nodesAt(size: number, tileLevel: number): number {
  let nodes = requireSize(size);
  for (let level = 0; level < tileLevel && nodes > 0; level += 1) nodes = parents(nodes);
  return nodes;
}

/** Only a full tile is hashed into the level above. */
function parents(nodes: number): number {
  return Math.floor(nodes / TILE_WIDTH);
}

function isLevel(level: number | 'entries'): boolean {
  return level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= MAX_TILE_LEVEL);
}

function isWidth(width: number): boolean {
  return Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH;
}
