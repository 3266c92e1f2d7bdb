import { cosignatureVerifier, cosignedAt } from './cosignature.ts';
import { isBy, verifyNote, type Note } from './note.ts';
import { TlogError } from './tlog-error.ts';
import type { VerifierKey } from './vkey.ts';

/** A witness that has cosigned, and when it last did, in seconds since 1970. */
export type Cosigner = { name: string; at: number };

/**
 * `cosigners`: youngest first. `since`: the youngest second at or after which as many witnesses as needed have cosigned; null
 * when they are too few. Its distance from now is the age of the quorum: nothing proves that the log looked so any later.
 */
export type Quorum = { cosigners: readonly Cosigner[]; since: number | null };

/**
 * Who of the trusted witnesses has cosigned the note, and whether they are `needed` or more. Each witness counts once, whatever
 * it has signed. Throws TlogError SIGNATURE_INVALID for a false line in a witness's name, KEY_AMBIGUOUS when one witness
 * (a name, or a public key) is listed twice: a cosignature does not say its signer's name, so one key could count as two.
 */
export function quorumOf(note: Note, witnesses: readonly VerifierKey[], needed: number): Quorum {
  if (!Number.isInteger(needed) || needed < 1) throw new RangeError('a quorum needs one witness or more');
  requireDistinct(witnesses);
  const verifiers = witnesses.map(cosignatureVerifier);
  const lines = note.signatures.filter((signature) => verifiers.some((verifier) => isBy(verifier, signature)));
  if (lines.length > 0) verifyNote({ text: note.text, signatures: lines }, verifiers);
  const latest = new Map<string, number>();
  for (const line of lines) latest.set(line.name, Math.max(latest.get(line.name) ?? 0, cosignedAt(line)));
  const cosigners = [...latest].map(([name, at]) => ({ name, at })).sort((a, b) => b.at - a.at);
  return { cosigners, since: cosigners[needed - 1]?.at ?? null };
}

function requireDistinct(witnesses: readonly VerifierKey[]): void {
  const names = new Set(witnesses.map(({ name }) => name));
  const keys = new Set(witnesses.map(({ publicKey }) => publicKey.toString('hex')));
  if (Math.min(names.size, keys.size) !== witnesses.length) throw new TlogError('KEY_AMBIGUOUS');
}
