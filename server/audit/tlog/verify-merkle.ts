import { requireSize } from './encoding.ts';
import { EMPTY_ROOT, nodeHash, requireHash, requireIndex, sameHash, type TreeHead } from './merkle.ts';
import { TlogError } from './tlog-error.ts';

/*
 * The checks of RFC 9162 §2.1.3.2 and §2.1.4.2, step by step. They share nothing with the code that makes proofs, so that one
 * mistake cannot hide in both. `node` and `last` are the RFC's fn and sn: places at the level that has been reached.
 */

type Place = { node: number; last: number };

/**
 * Checks that a leaf stands at `index` of the tree `head`.
 * Throws TlogError INDEX_RANGE, PROOF_LENGTH, HASH_LENGTH, NUMBER_FORMAT or PROOF_MISMATCH.
 */
export function verifyInclusion(
  { index, leaf }: { index: number; leaf: Buffer },
  path: readonly Buffer[],
  head: TreeHead,
): void {
  requireIndex(index, head.size);
  const at = { node: index, last: head.size - 1 };
  let root = requireHash(leaf);
  for (const beside of path) {
    requireBelowTop(at);
    root = isRightChild(at) ? nodeHash(beside, root) : nodeHash(root, beside);
    climb(at);
  }
  requireTop(at);
  requireSame(root, head.root);
}

/**
 * Checks that the tree `old` is the beginning of the tree `head`. For equal sizes, and from the empty tree, the path must be empty.
 * Throws TlogError INDEX_RANGE, PROOF_LENGTH, HASH_LENGTH, NUMBER_FORMAT or PROOF_MISMATCH.
 */
export function verifyConsistency(old: TreeHead, path: readonly Buffer[], head: TreeHead): void {
  if (requireSize(old.size) > requireSize(head.size)) throw new TlogError('INDEX_RANGE');
  requireEmptyRoot(old);
  if (old.size === 0 || old.size === head.size) {
    if (path.length > 0) throw new TlogError('PROOF_LENGTH');
    if (old.size === head.size) requireSame(old.root, head.root);
    requireEmptyRoot(head);
    return;
  }
  verifyGrowth(old, path, head);
}

function verifyGrowth(old: TreeHead, path: readonly Buffer[], head: TreeHead): void {
  // The root of a complete old tree is known already, so the proof leaves it out.
  const [seed, ...rest] = path.length > 0 && isPowerOfTwo(old.size) ? [old.root, ...path] : path;
  if (seed === undefined) throw new TlogError('PROOF_LENGTH');
  const at = { node: old.size - 1, last: head.size - 1 };
  while (isOdd(at.node)) rise(at);
  let oldRoot = requireHash(seed);
  let root = oldRoot;
  for (const beside of rest) {
    requireBelowTop(at);
    const isLeft = isRightChild(at);
    if (isLeft) oldRoot = nodeHash(beside, oldRoot);
    root = isLeft ? nodeHash(beside, root) : nodeHash(root, beside);
    climb(at);
  }
  requireTop(at);
  requireSame(oldRoot, old.root);
  requireSame(root, head.root);
}

/** Is the hash beside it on the left? So for odd places, and for the last node of an uneven level once it has a neighbour again. */
function isRightChild({ node, last }: Place): boolean {
  return isOdd(node) || node === last;
}

function climb(at: Place): void {
  // The last node of a level rises without a neighbour until it becomes a right child.
  if (at.node === at.last) while (!isOdd(at.node) && at.node !== 0) rise(at);
  rise(at);
}

function rise(at: Place): void {
  at.node = Math.floor(at.node / 2);
  at.last = Math.floor(at.last / 2);
}

function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function isPowerOfTwo(size: number): boolean {
  let power = 1;
  while (power < size) power *= 2;
  return power === size;
}

function requireEmptyRoot({ size, root }: TreeHead): void {
  if (size === 0) requireSame(root, EMPTY_ROOT);
}

/** Before the next hash is reckoned: an over-long path costs no more work than the tree is high. */
function requireBelowTop({ last }: Place): void {
  if (last === 0) throw new TlogError('PROOF_LENGTH');
}

function requireTop({ last }: Place): void {
  if (last !== 0) throw new TlogError('PROOF_LENGTH');
}

function requireSame(root: Buffer, expected: Buffer): void {
  if (!sameHash(root, requireHash(expected))) throw new TlogError('PROOF_MISMATCH');
}
