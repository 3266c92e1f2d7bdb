import { TILE_WIDTH, tilesFor, type Tile } from '../tlog/tiles.ts';

/** Indexes `first` up to, not including, `end`; equal: nothing. */
export type Span = { first: number; end: number };

/** Entries are exported by whole bundles: these, so that the ones asked for are among them. */
export function wholeBundles({ first, end }: Span, size: number): Span {
  if (first >= end) return { first: 0, end: 0 };
  const bundles = Math.ceil(end / TILE_WIDTH);
  return { first: first - (first % TILE_WIDTH), end: Math.min(bundles * TILE_WIDTH, size) };
}

/** What is needed to climb from the entries to the root: their own tiles, every tile above the leaves, and the right edge. */
export function tilesOfExport(size: number, { first, end }: Span): Tile[] {
  return tilesFor(0, size).filter(({ level, index, width }) => {
    const start = index * TILE_WIDTH;
    return level > 0 || width < TILE_WIDTH || (start >= first && start < end);
  });
}
