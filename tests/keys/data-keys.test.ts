import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DataKeyBundle, GrantColumns } from '../../server/keys/data-keys.ts';
import {
  dataKeyObject,
  decodeBundle,
  encodeBundle,
  generateDataKey,
  keyCommitment,
  matchesCommitment,
  openBundle,
  sealBundle,
  wipeBundle,
} from '../../server/keys/data-keys.ts';
import { generateKeyPair, privateKeyFromRaw } from '../../server/keys/hpke.ts';

const refusal = expect.objectContaining({ name: 'SealError', code: 'SEAL_BROKEN' });
const names = ['facts', 'identity', 'contact', 'narrative', 'clinical', 'legal', 'perpetrator', 'statistics', 'sealed'];
const entry = fc.record({
  compartment: fc.constantFrom(...names),
  version: fc.integer({ min: 1, max: 65_535 }),
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array)),
});
const bundles = fc.uniqueArray(entry, {
  minLength: 1,
  maxLength: 12,
  selector: (one) => `${one.compartment} ${one.version}`,
});

function bundleOf(...compartments: readonly string[]): DataKeyBundle {
  return compartments.map((compartment) => ({ compartment, version: 1, key: randomBytes(32) }));
}

function sorted(bundle: DataKeyBundle): DataKeyBundle {
  return [...bundle].sort((a, b) =>
    a.compartment < b.compartment || (a.compartment === b.compartment && a.version < b.version) ? -1 : 1,
  );
}

const pair = generateKeyPair();
const holder = { publicKey: pair.publicKey, privateKey: privateKeyFromRaw(pair.privateKey) };
const grant: GrantColumns = {
  grantId: 'grant-1',
  holderKind: 'agency',
  holderId: 'agency-1',
  holderKeyVersion: 2,
  subjectKind: 'case_file',
  subjectId: 'file-1',
  caseId: 'case-1',
  ownerAgencyId: 'agency-1',
  basisKind: 'owner',
  basisId: 'basis-1',
  beginsAtMs: 1_790_000_000_123,
};

describe('the encoding of a bundle', () => {
  it('gives the same keys again, sorted', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        expect(decodeBundle(encodeBundle(bundle))).toEqual(sorted(bundle));
      }),
    );
  });

  it('is one for one bundle, whatever its order', () => {
    fc.assert(fc.property(bundles, (bundle) => encodeBundle(bundle).equals(encodeBundle([...bundle].reverse()))));
  });

  it('has its stored form', () => {
    const bundle = [{ compartment: 'facts', version: 258, key: Buffer.alloc(32, 0xab) }];
    expect(encodeBundle(bundle).toString('hex')).toBe(`01${'0001'}${'05'}${'6661637473'}${'0102'}${'ab'.repeat(32)}`);
  });

  it('refuses bundles that are empty, hold a key twice, or a malformed entry', () => {
    const [one] = bundleOf('facts');
    const malformed = [
      { compartment: 'Facts' },
      { compartment: '' },
      { compartment: 'dữ_liệu' },
      { version: 0 },
      { version: 65_536 },
      { version: 1.5 },
      { key: Buffer.alloc(31) },
    ];
    expect(() => encodeBundle([])).toThrow(RangeError);
    expect(() => encodeBundle([...bundleOf('facts'), ...bundleOf('facts')])).toThrow(RangeError);
    for (const change of malformed) {
      expect(() =>
        encodeBundle([{ compartment: 'facts', version: 1, key: Buffer.alloc(32), ...one, ...change }]),
      ).toThrow(RangeError);
    }
  });

  it('reads nothing but what it would write', () => {
    fc.assert(
      fc.property(bundles, fc.nat(), fc.nat(255), (bundle, at, value) => {
        const encoded = encodeBundle(bundle);
        encoded.writeUInt8(value, at % encoded.length);
        const decoded = decodedOrRefused(encoded);
        if (decoded !== undefined) expect(encodeBundle(decoded)).toEqual(encoded);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every piece, any tail, and random bytes', () => {
    const encoded = encodeBundle(bundleOf('facts', 'identity'));
    for (let length = 0; length < encoded.length; length += 1) {
      expect(() => decodeBundle(encoded.subarray(0, length))).toThrow(refusal);
    }
    expect(() => decodeBundle(Buffer.concat([encoded, Buffer.of(0)]))).toThrow(refusal);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (array) => {
        expect(() => decodeBundle(Buffer.from(array))).toThrow(refusal);
      }),
    );
  });
});

describe('a bundle sealed to the holder of a grant', () => {
  it('opens for that grant', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        expect(openBundle({ holder, grant, sealed: sealBundle({ holder, grant, bundle }) })).toEqual(sorted(bundle));
      }),
      { numRuns: 30 },
    );
  });

  it('does not open when any column of the grant differs', () => {
    const sealed = sealBundle({ holder, grant, bundle: bundleOf('facts') });
    const changes = Object.entries(grant).flatMap(([column, value]) => {
      const others =
        typeof value === 'number' ? [value + 1, value - 1, -value] : [`${value} `, '', String(value).toUpperCase()];
      return others.map((other) => ({ ...grant, [column]: other }));
    });
    for (const changed of [...changes, { ...grant, basisId: null }]) {
      expect(() => openBundle({ holder, grant: changed, sealed })).toThrow(refusal);
    }
  });

  it('tells no basis from an empty one', () => {
    const sealed = sealBundle({ holder, grant: { ...grant, basisId: null }, bundle: bundleOf('facts') });
    expect(() => openBundle({ holder, grant: { ...grant, basisId: '' }, sealed })).toThrow(refusal);
    expect(openBundle({ holder, grant: { ...grant, basisId: null }, sealed })).toHaveLength(1);
  });

  it('does not open for another holder or with any bit flipped', () => {
    const stranger = generateKeyPair();
    const sealed = sealBundle({ holder, grant, bundle: bundleOf('facts') });
    const other = { publicKey: stranger.publicKey, privateKey: privateKeyFromRaw(stranger.privateKey) };
    expect(() => openBundle({ holder: other, grant, sealed })).toThrow(refusal);
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(sealed);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(() => openBundle({ holder, grant, sealed: flipped })).toThrow(refusal);
      }),
    );
  });

  it('does not tell by its length whether a case has clinical notes', () => {
    const without = sealBundle({ holder, grant, bundle: bundleOf('facts', 'identity') });
    const withNotes = sealBundle({ holder, grant, bundle: bundleOf('facts', 'identity', 'clinical', 'legal') });
    expect(withNotes.length).toBe(without.length);
  });

  it('cannot be made with half milliseconds', () => {
    expect(() => sealBundle({ holder, grant: { ...grant, beginsAtMs: 0.5 }, bundle: bundleOf('facts') })).toThrow(
      TypeError,
    );
  });
});

describe('a key commitment', () => {
  const context = { subjectId: 'file-1', compartment: 'facts', version: 1 };
  const key = generateDataKey();
  const commitment = keyCommitment(key, context);

  it('fits its key and context only', () => {
    expect(matchesCommitment(key, context, commitment)).toBe(true);
    expect(matchesCommitment(generateDataKey(), context, commitment)).toBe(false);
    for (const changed of [{ subjectId: 'file-2' }, { compartment: 'legal' }, { version: 2 }]) {
      expect(matchesCommitment(key, { ...context, ...changed }, commitment)).toBe(false);
    }
    expect(matchesCommitment(key, context, commitment.subarray(0, 31))).toBe(false);
    expect(matchesCommitment(key, context, Buffer.alloc(0))).toBe(false);
  });

  it('is made of whole keys only', () => {
    expect(() => keyCommitment(Buffer.alloc(31), context)).toThrow(RangeError);
    expect(() => dataKeyObject(Buffer.alloc(33))).toThrow(RangeError);
  });
});

it('wiped keys are zeros', () => {
  const bundle = bundleOf('facts', 'legal');
  wipeBundle(bundle);
  expect(bundle.every(({ key }) => key.equals(Buffer.alloc(32)))).toBe(true);
});

function decodedOrRefused(encoded: Buffer): DataKeyBundle | undefined {
  try {
    return decodeBundle(encoded);
  } catch (error) {
    expect(error).toEqual(refusal);
    return undefined;
  }
}
