import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { factsOf, type Names } from '../../client/features/referral/field-facts.ts';
import { contactFirst } from '../../client/features/referral/contact-first.ts';
import { ageOf } from '../../client/ui/age.ts';
import { safeContactOf, type SafeNames } from '../../client/features/referral/safe-contact.ts';
import { words as en } from '../../client/locales/en/envelope.ts';
import { words as vi } from '../../client/locales/vi/envelope.ts';

const names: Names = {
  code: (list, code) => `${list}:${code}`,
  service: (code) => `service:${code}`,
  area: (code) => `area:${code}`,
  part: (part) => part,
  answer: (answer) => answer.toLowerCase(),
  years: (count) => `${String(count)} y`,
  day: (iso) => `day ${iso}`,
  trafficking: 'trafficking',
};

const texts = (field: string, value: unknown) =>
  factsOf(field, value, names)
    .flat()
    .map(({ text }) => text);

describe('a value in words', () => {
  test('never shows a code', () => {
    expect(texts('sex', 'FEMALE')).toEqual(['sex:FEMALE']);
    expect(texts('violence_type', ['RAPE', 'TRAFFICKING'])).toEqual(['gbv_type:RAPE', 'trafficking']);
    expect(texts('services_asked', ['POL.STATEMENT'])).toEqual(['service:POL.STATEMENT']);
  });

  test('tells a day of birth from an age band', () => {
    expect(texts('birth', '1994-05-12')).toEqual(['day 1994-05-12']);
    expect(texts('birth', 'B25_59')).toEqual(['age_band:B25_59']);
  });

  test('keeps one group per person, with the parts in a fixed order and nothing for what is missing', () => {
    const value = [
      { sex: 'MALE', relationship: 'OTHER_FAMILY', fullName: '', birthYear: 1980 },
      { livesWithSurvivor: 'NO' },
      {},
    ];
    expect(factsOf('perpetrator_identity', value, names)).toEqual([
      [
        { label: 'relationship', text: 'relationship:OTHER_FAMILY' },
        { label: 'sex', text: 'sex:MALE' },
        { label: 'birthYear', text: '1980' },
      ],
      [{ label: 'livesWithSurvivor', text: 'no' }],
    ]);
  });

  test('joins lists and leaves out empty ones', () => {
    expect(factsOf('risk', { level: 'HIGH', redFlags: [] }, names)).toEqual([
      [{ label: 'level', text: 'risk_level:HIGH' }],
    ]);
    expect(texts('risk', { redFlags: ['A', 'B'] })).toEqual(['red_flag:A; red_flag:B']);
  });

  test('of a shape nobody knows says nothing', () => {
    for (const value of [null, undefined, true, { unknown: 1 }, [[]]])
      expect(factsOf('risk', value, names)).toEqual([]);
  });
});

describe('safe contact', () => {
  const safe: SafeNames = {
    method: (code) => code.toLowerCase(),
    methods: (methods) => `how: ${methods}`,
    none: 'no contact',
    times: (times) => `when: ${times}`,
    noMessage: 'no message',
    message: 'message',
    codeWord: (word) => `word: ${word}`,
  };

  test('puts the rules before the number', () => {
    const value = { phone: '0905', methods: ['CALL'], safeTimes: 'sau 8 giờ.', mayLeaveMessage: true, codeWord: 'hoa' };
    expect(safeContactOf(value, safe)).toEqual({
      rules: ['how: call', 'when: sau 8 giờ', 'message', 'word: hoa'],
      phone: '0905',
    });
  });

  test('takes silence about messages for a no, and "no contact" for the only rule about the way', () => {
    expect(safeContactOf({ methods: ['NONE', 'CALL'] }, safe)).toEqual({
      rules: ['no contact', 'no message'],
      phone: null,
    });
    expect(safeContactOf('broken', safe)).toEqual({ rules: ['no message'], phone: null });
  });

  test('stands first among the fields', () => {
    const fields = ['name', 'safe_contact', 'sex'].map((field) => ({ field, form: null, value: 'x' }));
    expect(contactFirst(fields).map(({ field }) => field)).toEqual(['safe_contact', 'name', 'sex']);
  });
});

test('an age is counted in whole units and never rounded up', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const ago = (ms: number) => ageOf(new Date(now - ms).toISOString(), now);
  expect(ago(-5_000)).toEqual({ kind: 'now' });
  expect(ago(119_000)).toEqual({ kind: 'minutes', count: 1 });
  expect(ago(3_599_000)).toEqual({ kind: 'minutes', count: 59 });
  expect(ago(7_200_000)).toEqual({ kind: 'hours', count: 2 });
  expect(ago(90_000_000)).toEqual({ kind: 'days', count: 1 });
});

test('the fields bear the names of the disclosure matrix in both languages', () => {
  const matrix = JSON.parse(
    readFileSync(new URL('../../policies/disclosure-matrix.json', import.meta.url), 'utf8'),
  ) as {
    fields: { field: string; nameVi: string; nameEn: string }[];
  };
  expect(vi.field).toEqual(Object.fromEntries(matrix.fields.map(({ field, nameVi }) => [field, nameVi])));
  expect(en.field).toEqual(Object.fromEntries(matrix.fields.map(({ field, nameEn }) => [field, nameEn])));
});
