import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readAuditRules } from '../../server/directory/audit-rules.ts';
import { commonSurnamesOn, sharesRareSurname, surnameOf } from '../../server/safeguards/surnames.rules.ts';

const rules = readAuditRules();
const DAY = '2026-07-01';

it('the family name is the first of several words, folded', () => {
  expect(surnameOf('Quách  Thị Hoà')).toBe('quach');
  expect(surnameOf(' đinh\u00a0Công'.normalize('NFD'))).toBe('dinh');
  for (const nobody of [undefined, '', '  ', 'Tuấn', ' Tuấn ']) expect(surnameOf(nobody)).toBeNull();
});

it('common family names hold from their first day to the day before their last, in each of their forms', () => {
  const [first] = rules.commonSurnames;
  if (first === undefined) throw new Error('there are none');
  const dated = {
    ...rules,
    commonSurnames: [{ ...first, names: ['Hoàng', 'Huỳnh'], validFrom: '2026-01-01', validTo: '2026-07-01' }],
  };
  expect(commonSurnamesOn(dated, '2026-06-30')).toEqual(new Set(['hoang', 'huynh']));
  for (const day of ['2025-12-31', '2026-07-01']) expect(commonSurnamesOn(dated, day)).toEqual(new Set());
});

it('the fourteen most common ones say nothing, and the same family name in another place of the name neither', () => {
  const common = commonSurnamesOn(rules, DAY);
  for (const { names } of rules.commonSurnames)
    for (const name of names)
      expect(
        sharesRareSurname(`${name} Thị A`, [`${name} Văn B`], () => common),
        name,
      ).toBe(false);
  expect(sharesRareSurname('Quách Thị A', ['Văn Quách', 'Quach', undefined], () => common)).toBe(false);
  expect(sharesRareSurname('Quách Thị A', ['Lê Văn B', 'Quach B'], () => common)).toBe(true);
});

it('each share says whence it is, and that nobody read it there', () => {
  for (const { names, share, source, verified } of rules.commonSurnames) {
    expect(source, names[0]).not.toBe('');
    expect(verified, names[0]).toBe(false);
    if (share === null) expect(names.every((name) => name.length === 1)).toBe(true);
    for (const name of names) expect(name.normalize('NFC')).toBe(name);
  }
  const shares = rules.commonSurnames.flatMap(({ share }) => (share === null ? [] : [share]));
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(1);
});

it('a rule that compares family names counts cases, or the start is refused', () => {
  const text = readFileSync(new URL('../../server/directory/data/audit-rules.json', import.meta.url), 'utf8');
  const data = JSON.parse(text) as { rules: { code: string; measure: string }[] };
  const counting = data.rules.map((rule) => (rule.code === 'same_surname' ? { ...rule, measure: 'events' } : rule));
  expect(() => readAuditRules(JSON.stringify({ ...data, rules: counting }))).toThrow('case by case');
});
