import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { lengthPrefixed } from '../../server/keys/additional-data.ts';
import type { IdentifyingFields } from '../../server/keys/blind-index.ts';
import { blindIndex, conflictIndexes, searchIndexes } from '../../server/keys/blind-index.ts';
import { hmacSha256 } from '../../server/keys/primitives.ts';

const keyFor = (label: string) => createSecretKey(createHmac('sha256', 'root').update(label).digest());
const key = keyFor('any');
const search = (who: IdentifyingFields) =>
  Object.fromEntries(searchIndexes(keyFor, who).map(({ field, value }) => [field, value.toString('hex')]));
const conflict = (who: IdentifyingFields) =>
  conflictIndexes(keyFor, who).map(({ field, value }) => `${field} ${value.toString('hex')}`);

const hoa = { fullName: 'Nguyễn Thị Hòa', birthYear: 1990, phone: '0905 123 456', identityNumber: '048 190 001 234' };

describe('HMAC-SHA256 gives the known answers of RFC 4231', () => {
  const cases: readonly (readonly [key: string, data: string, answer: string])[] = [
    ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      '4a656665',
      '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  ];
  it.each(cases)('key %s, data %s', (secretHex, data, answer) => {
    expect(hmacSha256(createSecretKey(Buffer.from(secretHex, 'hex')), Buffer.from(data, 'hex')).toString('hex')).toBe(
      answer,
    );
  });
});

describe('a blind index', () => {
  it('is the beginning of the HMAC over the length-prefixed parts', () => {
    const whole = hmacSha256(key, lengthPrefixed(['a', 'b']));
    for (const width of [1, 4, 5, 32]) expect(blindIndex(key, ['a', 'b'], width)).toEqual(whole.subarray(0, width));
  });

  it('does not confuse parts that read the same when joined', () => {
    expect(blindIndex(key, ['ab', 'c'], 32)).not.toEqual(blindIndex(key, ['a', 'bc'], 32));
    expect(blindIndex(key, ['abc'], 32)).not.toEqual(blindIndex(key, ['abc', ''], 32));
  });

  it('has a width of 1 to 32 bytes', () => {
    for (const width of [0, 33, -1, 4.5, Number.NaN]) expect(() => blindIndex(key, ['a'], width)).toThrow(RangeError);
  });
});

describe('search', () => {
  it('gives truncated values for every field that is known', () => {
    const widths = searchIndexes(keyFor, hoa).map(({ field, value }) => [field, value.length]);
    expect(widths).toEqual([
      ['name_birth_year_exact', 4],
      ['name_birth_year_folded', 4],
      ['phone', 5],
      ['identity_number', 5],
    ]);
  });

  it('finds a name without its marks, in capitals and in another order, by the folded index only', () => {
    const asTyped = search({ fullName: 'HOÀ NGUYEN thi', birthYear: 1990 });
    expect(asTyped['name_birth_year_folded']).toBe(search(hoa)['name_birth_year_folded']);
    expect(asTyped['name_birth_year_exact']).not.toBe(search(hoa)['name_birth_year_exact']);
  });

  it('finds the same spelling by the exact index, composed or not', () => {
    const asTyped = search({ fullName: ' nguyễn  thị HÒA '.normalize('NFD'), birthYear: 1990 });
    expect(asTyped['name_birth_year_exact']).toBe(search(hoa)['name_birth_year_exact']);
  });

  it('finds a telephone under its old prefix', () => {
    expect(search({ phone: '+84 (0)162.123.4567' })['phone']).toBe(search({ phone: '0321234567' })['phone']);
  });

  it('takes no name without a birth year, and no year without a name', () => {
    expect(search({ fullName: 'Nguyễn Thị Hòa' })).toEqual({});
    expect(search({ birthYear: 1990 })).toEqual({});
    expect(search({ fullName: '  ', birthYear: 1990 })).toEqual({});
    expect(search({ fullName: 'Hòa', birthYear: 19.9 })).toEqual({});
    expect(search({ fullName: undefined, birthYear: undefined, phone: 'không có', identityNumber: '123' })).toEqual({});
  });

  it('tells birth years apart', () => {
    expect(search({ ...hoa, birthYear: 1991 })['name_birth_year_exact']).not.toBe(search(hoa)['name_birth_year_exact']);
  });
});

describe('conflict of interest', () => {
  it('is looked for at full width by telephone and identity number only', () => {
    const fields = conflictIndexes(keyFor, hoa).map(({ field, value }) => [field, value.length]);
    expect(fields).toEqual([
      ['phone', 32],
      ['identity_number', 32],
    ]);
    expect(conflict({ phone: '84905123456', identityNumber: '048190001234' })).toEqual(conflict(hoa));
  });

  it('shares no key with search', () => {
    const searched = searchIndexes(keyFor, hoa).map(({ value }) => value.toString('hex'));
    for (const value of conflict(hoa)) expect(searched.some((one) => value.includes(` ${one}`))).toBe(false);
  });

  it('has a key of its own for each field and purpose', () => {
    const labels: string[] = [];
    const listening = (label: string) => {
      labels.push(label);
      return key;
    };
    searchIndexes(listening, hoa);
    conflictIndexes(listening, hoa);
    expect(new Set(labels).size).toBe(6);
    expect(labels).toHaveLength(6);
  });
});
