import { sign, verify, type KeyObject } from 'node:crypto';
import { parseCheckpoint } from './checkpoint.ts';
import type { NoteSignature, NoteVerifier } from './note.ts';
import { TlogError } from './tlog-error.ts';
import { ed25519BytesOf, ed25519KeyOf, keyIdOf, SIGNATURE_TYPE, type VerifierKey } from './vkey.ts';

/* Timestamped Ed25519 cosignatures of witnesses: C2SP tlog-cosignature, `cosignature/v1`, signature type 0x04. */

const TIMESTAMP_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** The public side of a witness's key. Throws TlogError KEY_NAME, KEY_UNSUPPORTED. */
export function cosignatureKeyOf(name: string, key: KeyObject): VerifierKey {
  return { name, type: SIGNATURE_TYPE.cosignature, publicKey: ed25519BytesOf(key) };
}

/**
 * A witness's statement that at `at` (whole seconds since 1970, not 0) this checkpoint was the largest it knew of the log.
 * Throws TlogError CHECKPOINT_FORMAT: a witness signs nothing else; TIMESTAMP_RANGE.
 */
export function cosign(text: string, by: { name: string; privateKey: KeyObject; at: number }): NoteSignature {
  parseCheckpoint(text);
  if (!Number.isSafeInteger(by.at) || by.at <= 0) throw new TlogError('TIMESTAMP_RANGE');
  const timestamp = Buffer.alloc(TIMESTAMP_BYTES);
  timestamp.writeBigUInt64BE(BigInt(by.at));
  const signature = sign(null, signedMessage(text, by.at), by.privateKey);
  const id = keyIdOf(cosignatureKeyOf(by.name, by.privateKey));
  return { name: by.name, id, bytes: Buffer.concat([timestamp, signature]) };
}

/** Checks signatures of type 0x04. Throws TlogError KEY_UNSUPPORTED for a key of another type. */
export function cosignatureVerifier(key: VerifierKey): NoteVerifier {
  if (key.type !== SIGNATURE_TYPE.cosignature) throw new TlogError('KEY_UNSUPPORTED');
  const publicKey = ed25519KeyOf(key.publicKey);
  return {
    name: key.name,
    id: keyIdOf(key),
    isSignatureOf: (text, bytes) => {
      const at = readTimestamp(bytes);
      return at !== null && verify(null, signedMessage(text, at), publicKey, bytes.subarray(TIMESTAMP_BYTES));
    },
  };
}

/** When a cosignature says that it was made, in seconds since 1970. Throws TlogError TIMESTAMP_RANGE. */
export function cosignedAt({ bytes }: NoteSignature): number {
  const at = readTimestamp(bytes);
  if (at === null) throw new TlogError('TIMESTAMP_RANGE');
  return at;
}

/** Null for what is no timestamp and signature. Times from 2^53 seconds on lie in the future, which verifiers may refuse. */
function readTimestamp(bytes: Buffer): number | null {
  if (bytes.length !== TIMESTAMP_BYTES + SIGNATURE_BYTES) return null;
  const at = bytes.readBigUInt64BE();
  return at > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(at);
}

function signedMessage(text: string, at: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${at}\n${text}`, 'utf8');
}
