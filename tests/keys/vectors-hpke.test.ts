import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { hpkeOpen, hpkeSeal, privateKeyFromRaw } from '../../server/keys/hpke.ts';
import { rawPublicKey } from '../../server/keys/raw-keys.ts';

/*
 * Numbers from elsewhere: the machine-readable test vectors that RFC 9180 Appendix A names (github.com/cfrg/
 * draft-irtf-cfrg-hpke at 5f503c5, test-vectors.json), its only one for mode_base, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM: the appendix itself prints this key encapsulation with AES-128-GCM and ChaCha20Poly1305 only. Of its 257
 * encryptions the one with sequence number 0: our profile seals one message per encapsulation.
 */

const hex = (text: string) => Buffer.from(text, 'hex');
const VECTOR = {
  mode: 0,
  kemId: 32,
  kdfId: 1,
  aeadId: 2,
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  ikmR: hex('dac33b0e9db1b59dbbea58d59a14e7b5896e9bdf98fad6891e99d1686492b9ee'),
  skRm: hex('497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d'),
  pkRm: hex('430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c'),
  skEm: hex('179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11'),
  enc: hex('6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256'),
  aad: hex('436f756e742d30'),
  pt: hex('4265617574792069732074727574682c20747275746820626561757479'),
  ct: hex('e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a'),
};

const { info, aad } = VECTOR;
const holder = { publicKey: VECTOR.pkRm, privateKey: privateKeyFromRaw(VECTOR.skRm) };
const sealed = Buffer.concat([VECTOR.enc, VECTOR.ct]);
const refusal = expect.objectContaining({ name: 'SealError', code: 'SEAL_BROKEN' });

describe('HPKE as RFC 9180 says', () => {
  it('opens the vector of our suite', () => {
    expect(hpkeOpen({ ...holder, info, aad, sealed })).toEqual(VECTOR.pt);
  });

  it('makes the public keys that belong to its private keys', () => {
    expect(rawPublicKey(holder.privateKey)).toEqual(VECTOR.pkRm);
    expect(rawPublicKey(privateKeyFromRaw(VECTOR.skEm))).toEqual(VECTOR.enc);
  });

  it('the vector itself is sound: its private key comes from its seed (§7.1.3)', () => {
    // DeriveKeyPair for X25519: LabeledExpand(LabeledExtract("", "dkp_prk", ikm), "sk", "", 32).
    const suite = Buffer.concat([Buffer.from('KEM'), hex('0020')]);
    const label = (name: string) => Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(name)]);
    const prk = createHmac('sha256', Buffer.alloc(0)).update(label('dkp_prk')).update(VECTOR.ikmR).digest();
    const sk = createHmac('sha256', prk).update(hex('0020')).update(label('sk')).update(hex('01')).digest();
    expect(sk).toEqual(VECTOR.skRm);
  });
});

describe('HPKE refuses what differs from the vector', () => {
  it('in any single byte of encapsulation, ciphertext or tag', () => {
    for (let at = 0; at < sealed.length; at += 1)
      expect(() => hpkeOpen({ ...holder, info, aad, sealed: changed(sealed, at) })).toThrow(refusal);
  });

  it('in any single byte of info or additional data', () => {
    for (let at = 0; at < info.length; at += 1)
      expect(() => hpkeOpen({ ...holder, info: changed(info, at), aad, sealed })).toThrow(refusal);
    for (let at = 0; at < aad.length; at += 1)
      expect(() => hpkeOpen({ ...holder, info, aad: changed(aad, at), sealed })).toThrow(refusal);
  });

  it('in length: a truncated encapsulation, a short tag, a byte more', () => {
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => hpkeOpen({ ...holder, info, aad, sealed: sealed.subarray(0, length) })).toThrow(refusal);
    expect(() => hpkeOpen({ ...holder, info, aad, sealed: Buffer.concat([sealed, Buffer.of(0)]) })).toThrow(refusal);
    const shortEnc = Buffer.concat([VECTOR.enc.subarray(0, 31), VECTOR.ct]);
    expect(() => hpkeOpen({ ...holder, info, aad, sealed: shortEnc })).toThrow(refusal);
  });
});

/**
 * All points of small order on Curve25519 (RFC 7748 §6.1 and §7; listed at https://cr.yp.to/ecdh.html#validate), in every
 * spelling of 32 bytes: 0, 1, the two of order 8, p - 1, then p and p + 1, which equal 0 and 1 modulo p = 2^255 - 19, and
 * each with the highest bit set, which X25519 does not look at.
 */
const P = 2n ** 255n - 19n;
const ORDER_8 = [
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
];
const SMALL = [...[0n, 1n, P - 1n, P, P + 1n].map(littleEndian), ...ORDER_8];
const POINTS = [...SMALL, ...SMALL.map(withHighestBit)].map((point) => [point] as const);

describe('HPKE refuses points of small order', () => {
  it.each(POINTS)('%s, to seal to and to open from', (point) => {
    expect(() => hpkeSeal({ publicKey: hex(point), info, aad, plaintext: VECTOR.pt })).toThrow(refusal);
    const forged = Buffer.concat([hex(point), VECTOR.ct]);
    expect(() => hpkeOpen({ ...holder, info, aad, sealed: forged })).toThrow(refusal);
  });
});

function littleEndian(value: bigint): string {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex');
}

function withHighestBit(point: string): string {
  const bytes = Buffer.from(point, 'hex');
  bytes.writeUInt8(bytes.readUInt8(31) | 0x80, 31);
  return bytes.toString('hex');
}

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}
