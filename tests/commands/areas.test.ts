import { describe, expect, it } from 'vitest';
import { refusalLine } from '../../server/commands/area-words.ts';
import { planAreas, type AreaRow } from '../../server/commands/areas.rules.ts';

const FROM = '2026-12-01';
const EXISTING: AreaRow[] = [
  { code: '48', name: 'Thành phố Đà Nẵng', parent: null, level: 'province', validFrom: '1997-01-01', validTo: null },
  {
    code: '20263',
    name: 'Phường Thọ Quang',
    parent: '48',
    level: 'commune',
    validFrom: '2004-01-01',
    validTo: '2025-07-01',
  },
  { code: '20263', name: 'Phường Sơn Trà', parent: '48', level: 'commune', validFrom: '2025-07-01', validTo: null },
  { code: '20257', name: 'Phường Hoà Cường', parent: '48', level: 'commune', validFrom: '2025-07-01', validTo: null },
];

function plan(rows: unknown[], from = FROM) {
  return planAreas(rows, { existing: EXISTING, from });
}
function reasons(rows: unknown[], from = FROM): (string | number | null)[][] {
  return plan(rows, from).refused.map(({ row, code, reason }) => [row, code, reason]);
}

describe('planning an import of areas', () => {
  it('adds what is new, with a province of the same file as parent, whatever the order', () => {
    const { added, refused } = plan([
      { code: '00004', name: 'Phường Ba Đình', parent: '01' },
      { code: '01', name: 'Thành phố Hà Nội', parent: null },
    ]);
    expect(refused).toEqual([]);
    expect(added.map(({ code, level, validFrom }) => [code, level, validFrom])).toEqual([
      ['00004', 'commune', FROM],
      ['01', 'province', FROM],
    ]);
  });

  it('ends the row of a changed name and begins a new one; a reused code keeps its history', () => {
    const { changed, added } = plan([{ code: '20263', name: 'Phường Sơn Trà Đông', parent: '48' }]);
    expect(added).toEqual([]);
    expect(changed.map(({ before, after }) => [before.validFrom, after.name])).toEqual([
      ['2025-07-01', 'Phường Sơn Trà Đông'],
    ]);
  });

  it('takes the two places of a tone mark for one name', () => {
    const { unchanged, changed, notInFile } = plan([{ code: '20257', name: 'Phường Hòa Cường', parent: '48' }]);
    expect({ unchanged, changed, notInFile }).toEqual({ unchanged: 1, changed: [], notInFile: 2 });
  });

  it('refuses each faulty row for its own reason and takes the others', () => {
    const rows = [
      'x',
      { code: 20263, name: 'Số', parent: '48' },
      { code: '2O263', name: 'Chữ O', parent: '48' },
      { code: '30001', name: '  ', parent: '48' },
      { code: '30002', name: 'Phường Hoà'.normalize('NFD'), parent: '48' },
      { code: '30003', name: 'P'.repeat(121), parent: '48' },
      { code: '30004', name: 'Xã Lạc', parent: '77' },
      { code: '30005', name: 'Xã Số', parent: 48 },
      { code: '30006', name: 'Xã Một', parent: '48' },
      { code: '30006', name: 'Xã Hai', parent: '48' },
    ];
    expect(reasons(rows)).toEqual([
      [1, null, 'NOT_AN_OBJECT'],
      [2, null, 'CODE_NOT_DIGITS'],
      [3, null, 'CODE_NOT_DIGITS'],
      [4, '30001', 'NAME_EMPTY'],
      [5, '30002', 'NAME_NOT_NFC'],
      [6, '30003', 'NAME_TOO_LONG'],
      [7, '30004', 'PARENT_UNKNOWN'],
      [8, '30005', 'PARENT_NOT_TEXT'],
      [10, '30006', 'DUPLICATE'],
    ]);
    expect(plan(rows).added.map(({ name }) => name)).toEqual(['Xã Một']);
  });

  it('refuses to begin where another row of the code begins, or before one to come', () => {
    const row = { code: '20263', name: 'Tên khác', parent: '48' };
    expect(reasons([row], '2025-07-01')).toEqual([[1, '20263', 'ALREADY_BEGINS']]);
    expect(reasons([row], '2010-01-01')).toEqual([[1, '20263', 'ALREADY_BEGINS']]);
  });

  it('refuses children of a refused province, and a commune as a parent', () => {
    const rows = [
      { code: '77', name: '', parent: null },
      { code: '30001', name: 'Xã A', parent: '77' },
      { code: '30002', name: 'Xã B', parent: '20263' },
    ];
    expect(reasons(rows).map(([, code, reason]) => [code, reason])).toEqual([
      ['77', 'NAME_EMPTY'],
      ['30001', 'PARENT_UNKNOWN'],
      ['30002', 'PARENT_UNKNOWN'],
    ]);
  });

  it('says why in both languages', () => {
    const [refusal] = plan([{ code: '30004', name: 'Xã Lạc', parent: '77' }]).refused;
    expect(refusal && refusalLine(refusal)).toMatch(
      /^✗ dòng 1 \(30004\): không có .* \/ row 1 \(30004\): there is no /,
    );
  });
});
