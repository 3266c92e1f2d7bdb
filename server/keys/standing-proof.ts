import { createHash, randomBytes } from 'node:crypto';

/**
 * Stands beside a sealed row as long as the row holds good. The row's ciphertext authenticates `hash`; whoever ends the row
 * wipes `proof`, which needs no key, and from then on nobody can make the row hold good again: not even who may write
 * everything in the database.
 */
export type StandingProof = { proof: Buffer; hash: Buffer };

const PROOF_BYTES = 32;

export function newStandingProof(): StandingProof {
  const proof = randomBytes(PROOF_BYTES);
  return { proof, hash: hashOf(proof) };
}

export function stillStands(proof: Buffer | null, hash: Buffer): boolean {
  return proof !== null && hashOf(proof).equals(hash);
}

function hashOf(proof: Buffer): Buffer {
  return createHash('sha256').update(proof).digest();
}
