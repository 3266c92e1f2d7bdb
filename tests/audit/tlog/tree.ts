import { createHash } from 'node:crypto';
import { leafHash, type HashReader } from '../../../server/audit/tlog/merkle.ts';

/** Leaves that differ. */
export function someLeaves(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${index}`));
}

/** RFC 6962 §2.1 word for word, slow and plain: what our trees must agree with. */
export function oracleRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]);
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha256(Buffer.of(1), oracleRoot(leaves.slice(0, half)), oracleRoot(leaves.slice(half)));
}

/** Hashes of complete subtrees, reckoned from the leaves each time. */
export function readerOf(leaves: readonly Uint8Array[]): HashReader {
  return (level, index) => {
    const part = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
    if (part.length !== 2 ** level) throw new Error(`no complete subtree ${level}/${index}`);
    return level === 0 ? leafHash(part[0] ?? Buffer.alloc(0)) : oracleRoot(part);
  };
}

/** The bytes with one of them changed. */
export function withByteChanged(bytes: Uint8Array, at: number, by = 1): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ by;
  return changed;
}

function sha256(...parts: (Uint8Array | undefined)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) if (part !== undefined) hash.update(part);
  return hash.digest();
}
