import { expect, it } from 'vitest';
import { codesFrom } from '../../client/features/directory/codes.ts';
import type { CodeListVersion } from '../../server/directory/directory.contract.ts';
import { listsOn } from '../../server/directory/listed-codes.rules.ts';

type Validity = { validFrom: string; validTo: string | null };
const open: Validity = { validFrom: '2025-07-01', validTo: null };

function aVersion(version: number, validity: Validity, codes: (Validity & { code: string; name: string })[]) {
  const whole = codes.map(({ code, name, ...rest }) => ({
    ...{ code, nameVi: name, nameEn: name, hintVi: null, hintEn: null, meta: {}, verified: true },
    ...rest,
  }));
  return {
    ...{ list: 'place', version, nameVi: 'Nơi', nameEn: 'Place', source: null, verified: true },
    ...validity,
    codes: whole,
  } satisfies CodeListVersion;
}

const first = aVersion(1, { validFrom: '2023-07-01', validTo: '2025-07-01' }, [
  { code: 'HOME', name: 'nhà (tên cũ)', validFrom: '2023-07-01', validTo: null },
  { code: 'FACTORY', name: 'xí nghiệp', validFrom: '2023-07-01', validTo: null },
]);
const second = aVersion(2, open, [
  { code: 'HOME', name: 'nhà', ...open },
  { code: 'INN', name: 'nhà nghỉ', validFrom: '2025-07-01', validTo: '2026-01-01' },
]);

it('only codes of the version in force may be chosen, and the rest keep their names', () => {
  const [place] = listsOn('2026-11-27', [first, second]);
  expect(place?.version).toBe(2);
  expect(place?.codes.map(({ code }) => code)).toEqual(['HOME']);
  expect(place?.ended.map(({ code, nameVi }) => [code, nameVi])).toEqual([
    ['INN', 'nhà nghỉ'],
    ['FACTORY', 'xí nghiệp'],
  ]);
});

it('on the day on which a code ends it can no longer be chosen', () => {
  const chosenOn = (day: string) => listsOn(day, [second])[0]?.codes.map(({ code }) => code);
  expect(chosenOn('2025-12-31')).toEqual(['HOME', 'INN']);
  expect(chosenOn('2026-01-01')).toEqual(['HOME']);
});

it('a list that has ended as a whole offers nothing and still names everything', () => {
  const [place] = listsOn('2026-11-27', [first]);
  expect(place?.codes).toEqual([]);
  expect(place?.ended.map(({ nameVi }) => nameVi)).toEqual(['nhà (tên cũ)', 'xí nghiệp']);
});

it('a screen names an ended code and does not offer it', () => {
  const codes = codesFrom({ lists: listsOn('2026-11-27', [first, second]), language: 'vi', unlisted: '(cũ)' });
  expect(codes.name('place', 'FACTORY')).toBe('xí nghiệp');
  expect(codes.choices('place').map(({ value }) => value)).toEqual(['HOME']);
  expect(codes.name('place', 'NOWHERE')).toBe('(cũ)');
});
