import type { KeyObject } from 'node:crypto';
import { createHmac, createSecretKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto';

import { gcmDecrypt, gcmEncrypt, IV_BYTES, TAG_BYTES } from './primitives.ts';
import { privateKeyOf, publicKeyOf, RAW_KEY_BYTES, rawPublicKey } from './raw-keys.ts';
import { sealBroken } from './seal-error.ts';

/*
 * RFC 9180, base mode, single shot: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002.
 * Every derived value here fits one SHA-256 block, so LabeledExpand is one HMAC ending in the counter 0x01.
 */

type HpkeSealInput = { publicKey: Buffer; info: Buffer; aad: Buffer; plaintext: Buffer };
type HpkeOpenInput = { privateKey: KeyObject; publicKey: Buffer; info: Buffer; aad: Buffer; sealed: Buffer };

const SECRET_BYTES = 32;
const EMPTY = Buffer.alloc(0);
const NO_SALT = createSecretKey(EMPTY);
const COUNTER = Buffer.of(1);
const BASE_MODE = Buffer.of(0);
const KEM_SUITE = Buffer.from('4b454d0020', 'hex');
const HPKE_SUITE = Buffer.from('48504b45002000010002', 'hex');

const EAE_PRK = extractLabel(KEM_SUITE, 'eae_prk');
const SHARED_SECRET = expandLabel(KEM_SUITE, 'shared_secret', SECRET_BYTES);
const INFO_HASH = extractLabel(HPKE_SUITE, 'info_hash');
const SECRET = extractLabel(HPKE_SUITE, 'secret');
const KEY = expandLabel(HPKE_SUITE, 'key', SECRET_BYTES);
const BASE_NONCE = expandLabel(HPKE_SUITE, 'base_nonce', IV_BYTES);
// Without a pre-shared key its id is empty and the hash a constant of the suite.
const PSK_ID_HASH = extract(NO_SALT, extractLabel(HPKE_SUITE, 'psk_id_hash'), EMPTY);

/** `enc 32 | ciphertext | tag 16`. Throws SealError for a public key of small order, RangeError for a wrong length. */
export function hpkeSeal({ publicKey, info, aad, plaintext }: HpkeSealInput): Buffer {
  const ephemeral = generateKeyPairSync('x25519');
  const enc = rawPublicKey(ephemeral.publicKey);
  const shared = agree(ephemeral.privateKey, holderKey(publicKey));
  const schedule = keySchedule(shared, Buffer.concat([enc, publicKey]), info);
  return Buffer.concat([enc, gcmEncrypt({ ...schedule, aad, data: plaintext })]);
}

/** Opens what `hpkeSeal` made. `publicKey` belongs to `privateKey`. Throws SealError on anything wrong. */
export function hpkeOpen({ privateKey, publicKey, info, aad, sealed }: HpkeOpenInput): Buffer {
  if (sealed.length < RAW_KEY_BYTES + TAG_BYTES || publicKey.length !== RAW_KEY_BYTES) throw sealBroken();
  const enc = sealed.subarray(0, RAW_KEY_BYTES);
  const schedule = keySchedule(agree(privateKey, publicKeyOf('x25519', enc)), Buffer.concat([enc, publicKey]), info);
  return gcmDecrypt({ ...schedule, aad, data: sealed.subarray(RAW_KEY_BYTES) });
}

/** A fresh X25519 pair; `privateKey` is raw and the caller's to wipe. */
export function generateKeyPair(): { publicKey: Buffer; privateKey: Buffer } {
  const privateKey = randomBytes(RAW_KEY_BYTES);
  return { publicKey: rawPublicKey(privateKeyFromRaw(privateKey)), privateKey };
}

/** An X25519 private key of 32 raw bytes, ready for `hpkeOpen`. Throws RangeError for another length. */
export function privateKeyFromRaw(raw: Buffer): KeyObject {
  return privateKeyOf('x25519', raw);
}

/** Holders are sealed to again and again, their bytes never change; parsing them costs a third of a seal. */
const holders = new WeakMap<Buffer, KeyObject>();

function holderKey(raw: Buffer): KeyObject {
  const known = holders.get(raw) ?? publicKeyOf('x25519', raw);
  holders.set(raw, known);
  return known;
}

function agree(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const shared = sharedPoint(privateKey, publicKey);
  // RFC 9180 §7.1.4: a point of small order would make the secret known to everybody.
  if (shared.every((byte) => byte === 0)) throw sealBroken();
  return shared;
}

function sharedPoint(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  try {
    return diffieHellman({ privateKey, publicKey });
  } catch (cause) {
    throw sealBroken(cause);
  }
}

/** Encapsulated secret and key schedule in one; wipes `shared` and everything between. */
function keySchedule(shared: Buffer, kemContext: Buffer, info: Buffer): { key: KeyObject; iv: Buffer } {
  const kemKey = extract(NO_SALT, EAE_PRK, shared);
  const sharedSecret = expand(createSecretKey(kemKey), SHARED_SECRET, kemContext);
  const context = Buffer.concat([BASE_MODE, PSK_ID_HASH, extract(NO_SALT, INFO_HASH, info)]);
  const secret = extract(createSecretKey(sharedSecret), SECRET, EMPTY);
  const schedule = createSecretKey(secret);
  const key = expand(schedule, KEY, context);
  const nonce = expand(schedule, BASE_NONCE, context);
  const keyed = { key: createSecretKey(key), iv: nonce.subarray(0, IV_BYTES) };
  wipe(shared, kemKey, sharedSecret, secret, key);
  return keyed;
}

function extractLabel(suite: Buffer, label: string): Buffer {
  return Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label)]);
}

function expandLabel(suite: Buffer, label: string, length: number): Buffer {
  return Buffer.concat([Buffer.of(0, length), extractLabel(suite, label)]);
}

function extract(salt: KeyObject, label: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', salt).update(label).update(secret).digest();
}

function expand(key: KeyObject, label: Buffer, context: Buffer): Buffer {
  return createHmac('sha256', key).update(label).update(context).update(COUNTER).digest();
}

function wipe(...buffers: readonly Buffer[]): void {
  for (const buffer of buffers) buffer.fill(0);
}
