import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { fromBase64, toBase64 } from './encoding.ts';
import { refusingAs, TlogError } from './tlog-error.ts';

/** Signature types of C2SP signed-note that this program makes and checks. */
export const SIGNATURE_TYPE = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = (typeof SIGNATURE_TYPE)[keyof typeof SIGNATURE_TYPE];

/** A public key with the name and the type it signs as. `publicKey`: the 32 bytes of RFC 8032. */
export type VerifierKey = { name: string; type: SignatureType; publicKey: Buffer };

const PUBLIC_KEY_BYTES = 32;
const ID_BYTES = 4;
const ID = /^[0-9a-f]{8}$/;
const MAX_NAME_LENGTH = 255;
// No Unicode space and no plus (signed-note), and nothing that a note must not hold.
const NAME = /^[^\p{White_Space}+\u0000-\u001f]+$/u;

/** Throws TlogError KEY_NAME. */
export function requireKeyName(name: string): string {
  if (!isKeyName(name)) throw new TlogError('KEY_NAME');
  return name;
}

export function isKeyName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && name.isWellFormed() && NAME.test(name);
}

/** The key id as an unsigned 32-bit number: SHA-256(name ‖ newline ‖ type ‖ public key), first four bytes. */
export function keyIdOf({ name, type, publicKey }: VerifierKey): number {
  const material = Buffer.concat([Buffer.from(`${requireKeyName(name)}\n`, 'utf8'), Buffer.of(type), publicKey]);
  return hash('sha256', material, 'buffer').readUInt32BE();
}

/** `<name>+<id in hex>+<base64 of type and public key>`. */
export function formatVkey(key: VerifierKey): string {
  const id = keyIdOf(key)
    .toString(16)
    .padStart(ID_BYTES * 2, '0');
  return `${key.name}+${id}+${toBase64(Buffer.concat([Buffer.of(key.type), key.publicKey]))}`;
}

/**
 * Reads a verifier key that somebody typed or mounted. Its id must fit its name and key, so a slip of one character shows.
 * Throws TlogError KEY_FORMAT, KEY_NAME or, for types other than Ed25519 and its cosignature, KEY_UNSUPPORTED.
 */
export function parseVkey(vkey: string): VerifierKey {
  const [name, id, material, ...more] = splitAtPlus(vkey);
  if (name === undefined || id === undefined || material === undefined || more.length > 0 || !ID.test(id))
    throw new TlogError('KEY_FORMAT');
  const bytes = refusingAs('KEY_FORMAT', () => fromBase64(material));
  const key = { name: requireKeyName(name), type: typeOf(bytes), publicKey: bytes.subarray(1) };
  if (key.publicKey.length !== PUBLIC_KEY_BYTES || formatVkey(key) !== vkey) throw new TlogError('KEY_FORMAT');
  return key;
}

/** The key as node:crypto takes it. Throws TlogError KEY_FORMAT. */
export function ed25519KeyOf(publicKey: Buffer): KeyObject {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new TlogError('KEY_FORMAT');
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  });
}

/** The 32 bytes of an Ed25519 key, given as private or public key. Throws TlogError KEY_UNSUPPORTED for other kinds. */
export function ed25519BytesOf(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== 'ed25519') throw new TlogError('KEY_UNSUPPORTED');
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}

/** base64 has plus signs of its own, so only the first two part. */
function splitAtPlus(vkey: string): string[] {
  const [name, id, ...material] = vkey.split('+');
  return material.length === 0 ? [] : [name ?? '', id ?? '', material.join('+')];
}

function typeOf(bytes: Buffer): SignatureType {
  const type = Object.values(SIGNATURE_TYPE).find((known) => known === bytes[0]);
  if (type === undefined) throw new TlogError('KEY_UNSUPPORTED');
  return type;
}
