import { fromBase64, toBase64 } from './encoding.ts';
import { MAX_PROOF_HASHES, requireHash } from './merkle.ts';
import { TlogError } from './tlog-error.ts';

/** A Merkle proof as lines of base64, one hash each. Throws TlogError PROOF_LENGTH above 63 of them, HASH_LENGTH. */
export function formatHashLines(hashes: readonly Buffer[]): string {
  requireCount(hashes.length);
  return hashes.map((hash) => `${toBase64(requireHash(hash))}\n`).join('');
}

/** Throws TlogError PROOF_LENGTH above 63 lines, BASE64_FORMAT, HASH_LENGTH. */
export function parseHashLines(lines: readonly string[]): Buffer[] {
  requireCount(lines.length);
  return lines.map((line) => requireHash(fromBase64(line)));
}

function requireCount(count: number): void {
  if (count > MAX_PROOF_HASHES) throw new TlogError('PROOF_LENGTH');
}
