import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { gcmDecrypt, gcmEncrypt, openBytes, sealBytes } from '../../server/keys/primitives.ts';

/*
 * Numbers from elsewhere: NIST CAVP, "GCM Test Vectors" for SP 800-38D (https://csrc.nist.gov/projects/
 * cryptographic-algorithm-validation-program/cavp-testing-block-cipher-modes), files gcmEncryptExtIV256.rsp and
 * gcmDecrypt256.rsp of CAVS 14.0 as Debian ships them (python3-cryptography-vectors 38.0.4). Our profile only: key 256,
 * IV 96, tag 128 bits; of each pair of lengths the first vector, and the first that must not open.
 */

const hex = z.string().transform((text) => Buffer.from(text, 'hex'));
const vector = z.object({
  count: z.int(),
  key: hex,
  iv: hex,
  aad: hex,
  ciphertext: hex,
  tag: hex,
  plaintext: hex.nullable(),
});
const { encrypt, decrypt } = z
  .object({ encrypt: z.array(vector), decrypt: z.array(vector) })
  .parse(JSON.parse(readFileSync(new URL('vectors/nist-cavp-gcm-256.json', import.meta.url), 'utf8')));

type Vector = z.output<typeof vector>;

const refusal = expect.objectContaining({ name: 'SealError', code: 'SEAL_BROKEN' });
const nameOf = ({ count, plaintext, ciphertext, aad }: Vector): string =>
  `${plaintext === null ? 'FAIL ' : ''}${ciphertext.length} bytes, ${aad.length} of additional data, count ${count}`;

function inputOf({ key, iv, aad, ciphertext, tag }: Vector) {
  return { key: createSecretKey(key), iv, aad, data: Buffer.concat([ciphertext, tag]) };
}

describe('AES-256-GCM encrypts as NIST says', () => {
  it.each(encrypt.map((one) => [nameOf(one), one] as const))('%s', (_name, one) => {
    const { iv, aad, plaintext } = one;
    const sealed = gcmEncrypt({ key: createSecretKey(one.key), iv, aad, data: plaintext ?? Buffer.alloc(0) });
    expect(sealed).toEqual(inputOf(one).data);
  });
});

describe('AES-256-GCM decrypts as NIST says', () => {
  it.each(decrypt.map((one) => [nameOf(one), one] as const))('%s', (_name, one) => {
    if (one.plaintext === null) expect(() => gcmDecrypt(inputOf(one))).toThrow(refusal);
    else expect(gcmDecrypt(inputOf(one))).toEqual(one.plaintext);
  });
});

it('there are vectors of 25 pairs of lengths each way, and 25 that must not open', () => {
  expect(encrypt).toHaveLength(25);
  expect(decrypt.filter(({ plaintext }) => plaintext === null)).toHaveLength(25);
  expect(decrypt.filter(({ plaintext }) => plaintext !== null)).toHaveLength(25);
});

describe('outside the profile', () => {
  const one = encrypt.find(({ ciphertext, aad }) => ciphertext.length > 0 && aad.length > 0) as Vector;
  const input = inputOf(one);
  const sealed = Buffer.concat([one.iv, input.data]);

  it.each([15, 14, 13, 12, 8, 4, 0])('a tag cut to %i bytes is refused', (length) => {
    const data = Buffer.concat([one.ciphertext, one.tag.subarray(0, length)]);
    expect(() => gcmDecrypt({ ...input, data })).toThrow(refusal);
    expect(() => openBytes(input.key, one.aad, Buffer.concat([one.iv, data]))).toThrow(refusal);
  });

  it.each([0, 1, 8, 11, 13, 16, 32])('an IV of %i bytes is refused, to seal and to open', (length) => {
    const iv = Buffer.alloc(length, 7);
    expect(() => gcmEncrypt({ ...input, iv, data: one.ciphertext })).toThrow(RangeError);
    expect(() => gcmDecrypt({ ...input, iv })).toThrow(RangeError);
  });

  it('a tag alone, or less, is refused', () => {
    for (let length = 0; length < 16; length += 1)
      expect(() => gcmDecrypt({ ...input, data: input.data.subarray(0, length) })).toThrow(refusal);
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => openBytes(input.key, one.aad, sealed.subarray(0, length))).toThrow(refusal);
  });

  it('every single byte that differs is refused: of IV, ciphertext, tag and additional data', () => {
    expect(openBytes(input.key, one.aad, sealed)).toEqual(one.plaintext);
    for (let at = 0; at < sealed.length; at += 1) {
      expect(() => openBytes(input.key, one.aad, changed(sealed, at))).toThrow(refusal);
    }
    for (let at = 0; at < one.aad.length; at += 1) {
      expect(() => openBytes(input.key, changed(one.aad, at), sealed)).toThrow(refusal);
    }
  });

  it.each([16, 24, 31, 33])('a key of %i bytes is refused', (length) => {
    expect(() => sealBytes(createSecretKey(Buffer.alloc(length, 3)), one.aad, one.ciphertext)).toThrow(/key length/i);
  });
});

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}
