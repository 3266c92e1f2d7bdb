import { hash } from 'node:crypto';
import { requireSize } from './encoding.ts';
import { TlogError } from './tlog-error.ts';

/* The Merkle tree of RFC 6962 §2.1 with SHA-256. Sizes reach 2^53, so halves are divided and never shifted: JavaScript shifts 32 bits. */

export const HASH_BYTES = 32;
/** A tree of 2^63 leaves is 63 levels high: no honest proof is longer. */
export const MAX_PROOF_HASHES = 63;
const LEAF_PREFIX = Buffer.of(0);
const NODE_PREFIX = Buffer.of(1);

/** Root of the tree without leaves: the hash of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));

/** Yields the hash of the complete subtree of 2^level leaves whose first leaf is `index · 2^level`. */
export type HashReader = (level: number, index: number) => Promise<Buffer> | Buffer;

/** A tree known by its number of leaves and its root hash. */
export type TreeHead = { size: number; root: Buffer };

/** Leaves `start` (inclusive) to `end` (exclusive), as RFC 6962 cuts trees: `start` is a multiple of a power of two ≥ its length. */
type Range = { start: number; end: number };

/** The hash of a leaf's bytes; the prefix keeps leaves and nodes apart. */
export function leafHash(data: Uint8Array): Buffer {
  return sha256(Buffer.concat([LEAF_PREFIX, data]));
}

/** The hash of two neighbouring subtrees. Throws TlogError HASH_LENGTH: a shorter one would let two trees share a hash. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([NODE_PREFIX, requireHash(left), requireHash(right)]));
}

export function sameHash(a: Buffer, b: Buffer): boolean {
  return a.length === HASH_BYTES && a.equals(b);
}

/** Throws TlogError HASH_LENGTH. */
export function requireHash<T extends Uint8Array>(bytes: T): T {
  if (bytes.length !== HASH_BYTES) throw new TlogError('HASH_LENGTH');
  return bytes;
}

/** The root of a tree whose leaf hashes, or whose hashes of equal complete subtrees, are given in order. */
export function rootOfHashes(hashes: readonly Buffer[]): Buffer {
  let level = hashes.map(requireHash);
  // A last hash without a neighbour rises unchanged: it is the left-over of RFC 6962's split.
  while (level.length > 1) level = pairs(level);
  return level[0] ?? EMPTY_ROOT;
}

/** The root of the first `size` leaves. */
export async function rootOfSize(size: number, read: HashReader): Promise<Buffer> {
  return requireSize(size) === 0 ? EMPTY_ROOT : rootOfRange({ start: 0, end: size }, read);
}

/**
 * The audit path of a leaf (RFC 6962 §2.1.1): the hashes beside its way, from the leaf's sibling to the child of the root.
 * Throws TlogError INDEX_RANGE when the tree has no such leaf.
 */
export function inclusionProof({ index, size }: { index: number; size: number }, read: HashReader): Promise<Buffer[]> {
  requireIndex(index, size);
  const beside: Range[] = [];
  let { start, end }: Range = { start: 0, end: size };
  while (end - start > 1) {
    const middle = start + split(end - start);
    beside.push(index < middle ? { start: middle, end } : { start, end: middle });
    if (index < middle) end = middle;
    else start = middle;
  }
  return rootsOf(beside, read);
}

/**
 * The proof that a tree of `oldSize` leaves is the beginning of the one of `size` leaves (RFC 6962 §2.1.2).
 * Empty for equal sizes and for `oldSize` 0, as tlog-witness wants it. Throws TlogError INDEX_RANGE when the old tree is larger.
 */
export function consistencyProof(
  { oldSize, size }: { oldSize: number; size: number },
  read: HashReader,
): Promise<Buffer[]> {
  if (requireSize(oldSize) > requireSize(size)) throw new TlogError('INDEX_RANGE');
  const beside: Range[] = [];
  let { start, end }: Range = { start: 0, end: size };
  while (oldSize > 0 && end !== oldSize) {
    const middle = start + split(end - start);
    beside.push(oldSize <= middle ? { start: middle, end } : { start, end: middle });
    if (oldSize <= middle) end = middle;
    else start = middle;
  }
  // Whoever checks knows the old root already; any other last subtree has to be told.
  if (start > 0) beside.push({ start, end });
  return rootsOf(beside, read);
}

async function rootOfRange({ start, end }: Range, read: HashReader): Promise<Buffer> {
  const level = levelWithin(end - start);
  const whole = 2 ** level;
  const left = requireHash(await read(level, start / whole));
  return start + whole === end ? left : nodeHash(left, await rootOfRange({ start: start + whole, end }, read));
}

/** From the leaf upwards, as proofs list them. */
function rootsOf(fromTheTop: readonly Range[], read: HashReader): Promise<Buffer[]> {
  return Promise.all(fromTheTop.toReversed().map((range) => rootOfRange(range, read)));
}

/** Where RFC 6962 cuts a tree of at least two leaves: the largest power of two below its size. */
function split(size: number): number {
  return 2 ** levelWithin(size - 1);
}

/** The largest level whose 2^level leaves fit. Counted, because a logarithm rounds near 2^53. */
function levelWithin(leaves: number): number {
  let level = 0;
  while (2 ** (level + 1) <= leaves) level += 1;
  return level;
}

function pairs(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = level.slice(index, index + 2);
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}

/** Throws TlogError NUMBER_FORMAT or INDEX_RANGE. */
export function requireIndex(index: number, size: number): void {
  if (requireSize(index) >= requireSize(size)) throw new TlogError('INDEX_RANGE');
}

function sha256(data: Uint8Array): Buffer {
  return hash('sha256', data, 'buffer');
}
