import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson } from '../../server/kernel/canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 units and writes numbers as RFC 8785 shows', () => {
    const input = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(names)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('is the same for equal values, whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves text as it is', () => {
    expect(canonicalJson('hòa'.normalize('NFD'))).toBe(`"${'hòa'.normalize('NFD')}"`);
    expect(canonicalJson(-0)).toBe('0');
  });

  const sparse: unknown[] = [1];
  sparse[2] = 3;
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  class Thing {
    name = 'x';
  }
  const wrong: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['an infinity', Number.NEGATIVE_INFINITY],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a symbol as key', { [Symbol('a')]: 1 }],
    ['a date', new Date(0)],
    ['a buffer', Buffer.from('a')],
    ['a map', new Map()],
    ['a boxed text', new String('a')],
    ['an instance of a class', new Thing()],
    ['a hole in a list', sparse],
    ['a circle', circular],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\udfff': 1 }],
    ['a toJSON of its own', { toJSON: () => 'other' }],
  ];

  it.each(wrong)('refuses %s, deep down too', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson({ a: [{ b: value }] })).toThrow(TypeError);
  });

  it('refuses without quoting the value', () => {
    expect(() => canonicalJson({ name: 'Hòa\ud800' })).toThrow(/^((?!Hòa).)*$/);
  });

  it('takes 64 levels and no more', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(canonicalJson(nested(64))).toHaveLength(129);
    expect(() => canonicalJson(nested(65))).toThrow(TypeError);
  });
});
