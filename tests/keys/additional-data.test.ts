import fc from 'fast-check';
import { expect, it } from 'vitest';

import { lengthPrefixed } from '../../server/keys/additional-data.ts';

type Part = string | number | Buffer;
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.maxSafeInteger().map((number) => number + 0),
  fc.uint8Array({ maxLength: 6 }).map((array) => Buffer.from(array)),
);
const parts = fc.array(part, { maxLength: 5 });

function describePart(one: Part): string {
  return Buffer.isBuffer(one) ? `bytes ${one.toString('hex')}` : `${typeof one} ${one}`;
}

it('two lists give the same bytes only when they are the same list', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const isSame = a.map(describePart).join('|') === b.map(describePart).join('|');
      expect(lengthPrefixed(a).equals(lengthPrefixed(b))).toBe(isSame);
    }),
    { numRuns: 500 },
  );
});

it('every part is tagged with its type and length', () => {
  expect(lengthPrefixed(['ă', 258, Buffer.of(7)]).toString('hex')).toBe(
    '0100000002c483' + '02000000080000000000000102' + '030000000107',
  );
  expect(lengthPrefixed([-1]).toString('hex')).toBe('0200000008ffffffffffffffff');
  expect(lengthPrefixed(['']).toString('hex')).toBe('0100000000');
  expect(lengthPrefixed([]).length).toBe(0);
});

it('text, number and bytes of the same look differ', () => {
  const bytes = Buffer.alloc(8);
  const looks = [
    lengthPrefixed([0]),
    lengthPrefixed([bytes]),
    lengthPrefixed([bytes.toString('latin1')]),
    lengthPrefixed(['0']),
  ];
  expect(new Set(looks.map((one) => one.toString('hex'))).size).toBe(4);
});

it('what cannot be told apart afterwards is refused', () => {
  for (const wrong of ['\ud800', 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
    expect(() => lengthPrefixed([wrong])).toThrow(TypeError);
  }
  expect(() => lengthPrefixed([null as never])).toThrow(TypeError);
});
