import { TILE_WIDTH } from './tiles.ts';
import { TlogError } from './tlog-error.ts';

const LENGTH_BYTES = 2;
/** What the big-endian uint16 before each entry can say. */
export const MAX_ENTRY_BYTES = 0xffff;

/** Entries one after the other, each after its length (C2SP tlog-tiles, "Log entries"). Throws TlogError BUNDLE_FORMAT. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  requireCount(entries.length);
  return Buffer.concat(entries.flatMap((entry) => [lengthOf(entry), entry]));
}

/** The `width` entries of a bundle, which must end with the last of them. Throws TlogError BUNDLE_FORMAT. */
export function decodeBundle(bytes: Uint8Array, width: number): Buffer[] {
  requireCount(width);
  const bundle = Buffer.from(bytes);
  const entries: Buffer[] = [];
  let at = 0;
  while (entries.length < width) {
    const start = at + LENGTH_BYTES;
    if (start > bundle.length) throw new TlogError('BUNDLE_FORMAT');
    at = start + bundle.readUInt16BE(at);
    if (at > bundle.length) throw new TlogError('BUNDLE_FORMAT');
    entries.push(bundle.subarray(start, at));
  }
  if (at !== bundle.length) throw new TlogError('BUNDLE_FORMAT');
  return entries;
}

function lengthOf(entry: Uint8Array): Buffer {
  if (entry.length > MAX_ENTRY_BYTES) throw new TlogError('BUNDLE_FORMAT');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(entry.length);
  return length;
}

function requireCount(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > TILE_WIDTH) throw new TlogError('BUNDLE_FORMAT');
}
