import { hash } from 'node:crypto';

/** Hashes in a full tile and entries in a full bundle (C2SP tlog-tiles). */
export const WIDTH = 256;
/** Reads a tile that is held against its parent; null when it is not there. */
export type ReadTile = (level: number, index: number) => readonly Buffer[] | null;

/** Leaf hash of RFC 6962 §2.1 over `bytes[start, end)`. The byte before `start` is overwritten: so nothing is copied. */
export function leafHash(bytes: Buffer, start: number, end: number): Buffer {
  bytes[start - 1] = 0x00;
  return hash('sha256', bytes.subarray(start - 1, end), 'buffer');
}

/** Root of RFC 6962 §2.1 over the roots of complete subtrees of one size; only the last may be of a smaller one. */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes[0] === undefined) return hash('sha256', '', 'buffer');
  if (hashes.length === 1) return hashes[0];
  const left = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  const pair = [Buffer.of(0x01), rootOf(hashes.slice(0, left)), rootOf(hashes.slice(left))];
  return hash('sha256', Buffer.concat(pair), 'buffer');
}

/** Root over the first `size` leaves out of the right edge: what lower levels add up to stands last in the next one. */
export function rootAt(read: ReadTile, size: number): Buffer | null {
  let below: Buffer[] = [];
  for (let level = 0, nodes = size; nodes > 0; level += 1, nodes = Math.floor(nodes / WIDTH)) {
    const tile = nodes % WIDTH === 0 ? [] : read(level, Math.floor(nodes / WIDTH));
    if (tile === null) return null;
    const row = [...tile.slice(0, nodes % WIDTH), ...below];
    below = row.length === 0 ? [] : [rootOf(row)];
  }
  return rootOf(below);
}

/** How many hashes stand in a tile of a tree of `size` leaves; zero or less: there is no such tile. */
export const widthOf = (size: number, level: number, index: number): number =>
  Math.min(WIDTH, Math.floor(size / WIDTH ** level) - index * WIDTH);

/** `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`, the index in threes of digits, all but the last behind an x. */
export function tilePath(level: number | 'entries', index: number, width: number): string {
  const digits = String(index).padStart(3 * Math.ceil(String(index).length / 3), '0');
  return `tile/${level}/${digits.replaceAll(/\d{3}(?!$)/g, 'x$&/')}${width === WIDTH ? '' : `.p/${width}`}`;
}
