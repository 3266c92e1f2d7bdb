import type { CipherGCMTypes } from 'node:crypto';
import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { gcmDecrypt, gcmEncrypt, openBytes } from '../../server/keys/primitives.ts';
import type { SealContext } from '../../server/keys/sealed-document.ts';
import { openDocument, sealDocument } from '../../server/keys/sealed-document.ts';

const key = createSecretKey(randomBytes(32));
const refusal = expect.objectContaining({ name: 'SealError', code: 'SEAL_BROKEN' });
const context: SealContext = {
  table: 'person_document',
  rowId: '018f0000-0000-7000-8000-000000000001',
  caseId: '018f0000-0000-7000-8000-000000000002',
  compartment: 'identity',
  keyVersion: 3,
  revision: 7,
};
const document = { fullName: 'Nguyễn Thị Hòa', phones: ['+84905123456'], isChild: false, note: null };
const sealed = sealDocument(key, context, document);

const HEADER_BYTES = 3;
const ENVELOPE_BYTES = HEADER_BYTES + 12 + 16;

describe('a sealed document', () => {
  it('opens to the same JSON', () => {
    fc.assert(
      // JSON has no negative zero, so canonical JSON writes it as zero.
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const expected: unknown = JSON.parse(JSON.stringify(value));
        expect(openDocument(key, context, sealDocument(key, context, value))).toEqual(expected);
      }),
    );
  });

  it('has the stored format 0x01 | key version | iv | ciphertext | tag', () => {
    expect(sealed.readUInt8(0)).toBe(1);
    expect(sealed.readUInt16BE(1)).toBe(3);
    expect((sealed.length - ENVELOPE_BYTES) % 256).toBe(0);
  });

  it('hides its length within a bucket of 256 bytes', () => {
    const sizeOf = (length: number) => sealDocument(key, context, 'x'.repeat(length)).length;
    // Two quotation marks and the four bytes of the length stand beside the text.
    const fits = 256 - 4 - 2;
    fc.assert(fc.property(fc.nat(fits), (length) => sizeOf(length) === ENVELOPE_BYTES + 256));
    expect(sizeOf(fits + 1)).toBe(ENVELOPE_BYTES + 512);
    expect(sizeOf(fits + 256)).toBe(ENVELOPE_BYTES + 512);
    expect(sizeOf(fits + 257)).toBe(ENVELOPE_BYTES + 768);
  });

  it('looks different each time', () => {
    expect(sealDocument(key, context, document)).not.toEqual(sealed);
  });

  it('refuses to be made of what JSON would lose', () => {
    expect(() => sealDocument(key, context, undefined)).toThrow(TypeError);
    expect(() => sealDocument(key, context, { bornOn: new Date(0) })).toThrow(TypeError);
  });

  it('refuses to be made with an incomplete context or a key of another size', () => {
    for (const broken of [
      { table: '' },
      { caseId: '' },
      { keyVersion: 0 },
      { keyVersion: 65_536 },
      { revision: -1 },
      { revision: 1.5 },
    ]) {
      expect(() => sealDocument(key, { ...context, ...broken }, document)).toThrow();
    }
    expect(() => sealDocument(createSecretKey(randomBytes(16)), context, document)).toThrow(RangeError);
  });

  it('says nothing of its words when it is broken', () => {
    const broken = Buffer.from(sealed);
    broken.writeUInt8(broken.readUInt8(40) ^ 1, 40);
    const thrown = caught(() => openDocument(key, context, broken));
    expect(`${String(thrown)} ${JSON.stringify(thrown)}`).not.toMatch(/Nguyễn|Hòa|0905/);
  });
});

describe('a sealed document does not open', () => {
  it('when any field of its context differs', () => {
    const change: fc.Arbitrary<Partial<SealContext>> = fc.oneof(
      fc
        .constantFrom<keyof SealContext>('table', 'rowId', 'caseId', 'compartment')
        .chain((field) => fc.string().map((text) => ({ [field]: text }))),
      fc
        .constantFrom<keyof SealContext>('keyVersion', 'revision')
        .chain((field) => fc.integer().map((number) => ({ [field]: number }))),
    );
    fc.assert(
      fc.property(change, (changed) => {
        const moved = { ...context, ...changed };
        fc.pre(JSON.stringify(moved) !== JSON.stringify(context));
        expect(() => openDocument(key, moved, sealed)).toThrow(refusal);
      }),
    );
  });

  it('when text moves from one field of its context to the next', () => {
    const joined = sealDocument(key, { ...context, table: 'ab', rowId: 'c' }, document);
    expect(() => openDocument(key, { ...context, table: 'a', rowId: 'bc' }, joined)).toThrow(refusal);
  });

  it('when any single bit is flipped', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => openDocument(key, context, flipped)).toThrow(refusal);
    }
  });

  it('when it is cut short or lengthened', () => {
    for (const length of [
      0,
      1,
      3,
      15,
      30,
      31,
      32,
      sealed.length - 256,
      sealed.length - 16,
      sealed.length - 4,
      sealed.length - 1,
    ]) {
      expect(() => openDocument(key, context, sealed.subarray(0, Math.max(0, length)))).toThrow(refusal);
    }
    expect(() => openDocument(key, context, Buffer.concat([sealed, Buffer.alloc(256)]))).toThrow(refusal);
  });

  it('under another key', () => {
    expect(() => openDocument(createSecretKey(randomBytes(32)), context, sealed)).toThrow(refusal);
  });
});

describe('AES-256-GCM', () => {
  // NIST / McGrew-Viega, test case 16.
  const nist = {
    key: createSecretKey(Buffer.from('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308', 'hex')),
    iv: Buffer.from('cafebabefacedbaddecaf888', 'hex'),
    aad: Buffer.from('feedfacedeadbeeffeedfacedeadbeefabaddad2', 'hex'),
    plaintext: Buffer.from(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
      'hex',
    ),
    sealed: Buffer.from(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
      'hex',
    ),
  };

  it('gives the known answer', () => {
    expect(gcmEncrypt({ ...nist, data: nist.plaintext })).toEqual(nist.sealed);
    expect(gcmDecrypt({ ...nist, data: nist.sealed })).toEqual(nist.plaintext);
    expect(openBytes(nist.key, nist.aad, Buffer.concat([nist.iv, nist.sealed]))).toEqual(nist.plaintext);
  });

  it('refuses IVs of other lengths', () => {
    for (const length of [0, 8, 11, 13, 16]) {
      expect(() => gcmEncrypt({ ...nist, iv: Buffer.alloc(length), data: nist.plaintext })).toThrow(RangeError);
      expect(() => gcmDecrypt({ ...nist, iv: Buffer.alloc(length), data: nist.sealed })).toThrow(RangeError);
    }
  });

  it.each([4, 8, 12, 15])('refuses an authentic tag of only %i bytes', (tagBytes) => {
    const { ciphertext, tag } = foreignSeal('aes-256-gcm', { iv: nist.iv, tagBytes });
    expect(() => openBytes(nist.key, nist.aad, Buffer.concat([nist.iv, ciphertext, tag]))).toThrow(refusal);
  });

  it('refuses an authentic ciphertext under a 16-byte IV', () => {
    const iv = Buffer.alloc(16, 5);
    const { ciphertext, tag } = foreignSeal('aes-256-gcm', { iv, tagBytes: 16 });
    expect(() => openBytes(nist.key, nist.aad, Buffer.concat([iv, ciphertext, tag]))).toThrow(refusal);
  });

  function foreignSeal(algorithm: CipherGCMTypes, { iv, tagBytes }: { iv: Buffer; tagBytes: number }) {
    const cipher = createCipheriv(algorithm, nist.key, iv, { authTagLength: tagBytes });
    cipher.setAAD(nist.aad);
    const ciphertext = Buffer.concat([cipher.update(nist.plaintext), cipher.final()]);
    return { ciphertext, tag: cipher.getAuthTag() };
  }
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
