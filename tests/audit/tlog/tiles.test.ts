import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { decodeBundle, encodeBundle, MAX_ENTRY_BYTES } from '../../../server/audit/tlog/entry-bundle.ts';
import { consistencyProof, inclusionProof, leafHash, rootOfHashes } from '../../../server/audit/tlog/merkle.ts';
import {
  bundlesFor,
  hashesOfTile,
  hashFromTiles,
  parseTilePath,
  rootFromTiles,
  tileHashReader,
  tilePath,
  tilesFor,
  type Tile,
  type TileReader,
} from '../../../server/audit/tlog/tiles.ts';
import { verifyConsistency, verifyInclusion } from '../../../server/audit/tlog/verify-merkle.ts';
import { someLeaves } from './tree.ts';
import { hex, outcomeOf, vector, vectorsOf } from './vectors.ts';

/** Tiles as a log writes them, batch by batch, each from the leaves or from the full tiles below it. */
function aTiledLog(sizes: readonly number[]) {
  const leafHashes = someLeaves(sizes.at(-1) ?? 0).map(leafHash);
  const stored = new Map<string, Buffer>();
  const written: Tile[] = [];
  const hashOf = ({ level, index }: Pick<Tile, 'level' | 'index'>, at: number): Buffer => {
    const place = index * 256 + at;
    if (level === 0) return leafHashes[place] ?? Buffer.alloc(0);
    const below = stored.get(tilePath({ level: level - 1, index: place, width: 256 })) ?? Buffer.alloc(0);
    return rootOfHashes(hashesOfTile(below, 256));
  };
  let before = 0;
  for (const size of sizes) {
    for (const tile of tilesFor(before, size)) {
      const hashes = Array.from({ length: tile.width }, (_, at) => hashOf(tile, at));
      stored.set(tilePath(tile), Buffer.concat(hashes));
      written.push(tile);
    }
    before = size;
  }
  const readTile: TileReader = (tile) => {
    const bytes = stored.get(tilePath(tile));
    if (bytes === undefined) throw new Error(`no tile ${tilePath(tile)}`);
    return bytes;
  };
  return { leafHashes, readTile, written };
}

describe('the tiles of a tree', () => {
  it('of 70,000 leaves are those that tlog-tiles counts', () => {
    const tiles = tilesFor(0, 70_000);
    const count = (level: number, width: (width: number) => boolean) =>
      tiles.filter((tile) => tile.level === level && width(tile.width)).map(({ width }) => width);
    expect(count(0, (width) => width === 256)).toHaveLength(273);
    expect(count(0, (width) => width < 256)).toEqual([112]);
    expect(count(1, (width) => width === 256)).toHaveLength(1);
    expect(count(1, (width) => width < 256)).toEqual([17]);
    expect(count(2, () => true)).toEqual([1]);
    expect(tiles).toHaveLength(273 + 1 + 1 + 1 + 1);
  });

  it('of 256 leaves are a full one and a partial one above it', () => {
    expect(tilesFor(0, 256).map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(bundlesFor(0, 256).map(tilePath)).toEqual(['tile/entries/000']);
  });

  it('change only at the right edge when the tree grows', () => {
    expect(tilesFor(255, 255)).toEqual([]);
    expect(tilesFor(0, 0)).toEqual([]);
    expect(tilesFor(255, 258).map(tilePath)).toEqual(['tile/0/000', 'tile/0/001.p/2', 'tile/1/000.p/1']);
    expect(tilesFor(70_000, 70_001).map(tilePath)).toEqual(['tile/0/273.p/113']);
    expect(bundlesFor(255, 258).map(tilePath)).toEqual(['tile/entries/000', 'tile/entries/001.p/2']);
    expect(outcomeOf(() => tilesFor(2, 1))).toBe('INDEX_RANGE');
    expect(outcomeOf(() => bundlesFor(2, 1))).toBe('INDEX_RANGE');
  });

  it('give the root of every batch, and proofs that verify', async () => {
    const sizes = [1, 255, 256, 257, 1000, 65_536, 70_000];
    const { leafHashes, readTile } = aTiledLog(sizes);
    const roots = sizes.map((size) => ({ size, root: rootOfHashes(leafHashes.slice(0, size)) }));
    for (const { size, root } of roots) expect(await rootFromTiles(size, readTile)).toEqual(root);
    for (const head of roots) {
      const read = tileHashReader({ size: head.size, readTile });
      for (const index of [0, head.size >> 1, head.size - 1]) {
        const path = await inclusionProof({ index, size: head.size }, read);
        verifyInclusion({ index, leaf: leafHashes[index] ?? Buffer.alloc(0) }, path, head);
      }
      for (const old of roots.filter(({ size }) => size <= head.size))
        verifyConsistency(old, await consistencyProof({ oldSize: old.size, size: head.size }, read), head);
    }
  });

  it('give the hash of every complete subtree', async () => {
    const { leafHashes, readTile } = aTiledLog([1000]);
    for (let level = 0; level <= 9; level += 1)
      for (let index = 0; (index + 1) * 2 ** level <= 1000; index += 1) {
        const hash = await hashFromTiles({ size: 1000, readTile }, level, index);
        expect(hash).toEqual(rootOfHashes(leafHashes.slice(index * 2 ** level, (index + 1) * 2 ** level)));
      }
  });

  it('have no hash of a subtree that is not complete, or that another tree has', async () => {
    const { readTile } = aTiledLog([1000]);
    for (const [level, index] of [
      [0, 1000],
      [9, 1],
      [10, 0],
      [60, 0],
      [8, 3],
    ] as const)
      await expect(hashFromTiles({ size: 1000, readTile }, level, index)).rejects.toMatchObject({
        code: 'INDEX_RANGE',
      });
  });

  it('are refused when they are cut, broken or over-long; a wider one serves too', async () => {
    const { leafHashes, readTile } = aTiledLog([1000]);
    const bentBy = (bend: (bytes: Buffer) => Buffer) =>
      rootFromTiles(999, async (tile) =>
        bend(Buffer.from(await readTile(tile.width === 231 ? { ...tile, width: 232 } : tile))),
      );
    expect(await bentBy((bytes) => bytes)).toEqual(rootOfHashes(leafHashes.slice(0, 999)));
    const bends = [
      (bytes: Buffer) => bytes.subarray(64),
      (bytes: Buffer) => bytes.subarray(1),
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(8192)]),
      () => Buffer.alloc(0),
    ];
    for (const bend of bends) await expect(bentBy(bend)).rejects.toMatchObject({ code: 'TILE_WIDTH' });
  });
});

describe('the path of a tile', () => {
  const caseOf = vector.extend({
    path: z.string(),
    level: z.union([z.number(), z.literal('entries')]).optional(),
    index: z.number().optional(),
    width: z.number().optional(),
  });

  it.each(vectorsOf('tile-path', caseOf))('%s', (...[, { path, expect: outcome, level, index, width }]) => {
    expect(outcomeOf(() => parseTilePath(path))).toBe(outcome);
    if (outcome === 'ok') expect(parseTilePath(path)).toEqual({ level, index, width });
  });

  it('is read as it was written, for any tile and bundle', () => {
    const levels = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const));
    const tiles = fc.tuple(levels, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }));
    fc.assert(
      fc.property(tiles, ([level, index, width]) => {
        const place = { index, width };
        const tile = level === 'entries' ? { level, ...place } : { level, ...place };
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });

  it('is not written for what is no tile', () => {
    for (const wrong of [{ level: 64 }, { level: -1 }, { level: 0.5 }, { width: 0 }, { width: 257 }, { width: 1.5 }])
      expect(outcomeOf(() => tilePath({ level: 0, index: 0, width: 1, ...wrong }))).toBe('TILE_PATH');
    for (const index of [-1, 0.5, 2 ** 53])
      expect(outcomeOf(() => tilePath({ level: 0, index, width: 1 }))).toBe('NUMBER_FORMAT');
  });
});

describe('a bundle of entries', () => {
  const caseOf = vector.extend({ bundle: hex, width: z.number(), entries: z.array(hex).optional() });

  it.each(vectorsOf('bundle', caseOf))('%s', (...[, { bundle, width, entries, expect: outcome }]) => {
    expect(outcomeOf(() => decodeBundle(bundle, width))).toBe(outcome);
    if (entries === undefined) return;
    expect(decodeBundle(bundle, width)).toEqual(entries);
    expect(encodeBundle(entries)).toEqual(bundle);
  });

  it('holds entries of up to 65,535 bytes', () => {
    const longest = Buffer.alloc(MAX_ENTRY_BYTES, 7);
    expect(decodeBundle(encodeBundle([longest]), 1)).toEqual([longest]);
    expect(outcomeOf(() => encodeBundle([Buffer.alloc(MAX_ENTRY_BYTES + 1)]))).toBe('BUNDLE_FORMAT');
    expect(outcomeOf(() => encodeBundle([]))).toBe('BUNDLE_FORMAT');
    expect(outcomeOf(() => encodeBundle(new Array<Buffer>(257).fill(longest)))).toBe('BUNDLE_FORMAT');
  });

  it('is read as it was written, and refused when its end is cut or grown', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(entries, (some) => {
        const bundle = encodeBundle(some);
        expect(decodeBundle(bundle, some.length)).toEqual(some.map((entry) => Buffer.from(entry)));
        expect(outcomeOf(() => decodeBundle(bundle.subarray(0, -1), some.length))).toBe('BUNDLE_FORMAT');
        expect(outcomeOf(() => decodeBundle(Buffer.concat([bundle, Buffer.of(0)]), some.length))).toBe('BUNDLE_FORMAT');
        expect(outcomeOf(() => decodeBundle(bundle, some.length + 1))).toBe('BUNDLE_FORMAT');
      }),
    );
  });
});
