import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';

import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import { openSealedValue, revealSecret, sealedValue, secret } from '../../server/kernel/secret.ts';

const canary = 'Nguyễn Thị Hòa';

describe.each([
  ['secret', secret({ name: canary }), '[secret]'],
  ['sealed', sealedValue({ name: canary }), '[sealed]'],
])('a %s value', (_kind, value, mask) => {
  it('prints a mask wherever it is not opened on purpose', () => {
    const prints = [
      String(value),
      `${value}`,
      '' + value,
      JSON.stringify({ value }),
      JSON.stringify([value]),
      inspect(value),
      inspect({ value }, { depth: 9, showHidden: true }),
      format('%s %o %j', value, value, value),
      [value].join(','),
      new Error(`${value}`).message,
    ];
    for (const print of prints) {
      expect(print).toContain(mask);
      expect(print).not.toContain('Nguyễn');
    }
  });

  it('gives nothing to whoever walks over it', () => {
    expect(Object.keys(value)).toEqual([]);
    expect(Reflect.ownKeys(value)).toEqual([]);
    expect({ ...value }).toEqual({});
    expect(JSON.stringify(Object.assign({}, value))).toBe('{}');
    expect(Object.isFrozen(value)).toBe(true);
  });

  it('cannot be written into a document by mistake', () => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

it('both open to the very value', () => {
  const words = { name: canary };
  expect(openSealedValue(sealedValue(words))).toBe(words);
  expect(revealSecret(secret(words))).toBe(words);
  expect(openSealedValue(sealedValue(undefined))).toBeUndefined();
});

it('neither opens with the word of the other, nor a forged wrapper', () => {
  expect(() => revealSecret(sealedValue('a') as never)).toThrow(TypeError);
  expect(() => openSealedValue(secret('a') as never)).toThrow(TypeError);
  expect(() => openSealedValue({} as never)).toThrow(TypeError);
  expect(() => openSealedValue(Object.create(sealedValue('a')) as never)).toThrow(TypeError);
});
