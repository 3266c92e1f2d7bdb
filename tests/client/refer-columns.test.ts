import { describe, expect, test } from 'vitest';
import {
  broadest,
  columnsOf,
  mayTick,
  preticked,
  rebase,
  standingOf,
  toggled,
  type OptionField,
  type ReferralOption,
  type Scope,
} from '../../client/features/refer/columns.ts';

function field(name: string, share: OptionField['share'], preview: unknown = 'x'): OptionField {
  return { field: name, nameVi: name, nameEn: name, share, form: null, preview };
}

const fields = [
  field('case_code', 'default'),
  field('name', 'default'),
  field('narrative', 'ask'),
  field('shelter_address', 'never'),
  field('children', 'default', null),
  field('violence_type', 'default', []),
];
const open: Scope = { kind: 'open' };
const legal: Scope = { kind: 'legal' };
const consent: Scope = { kind: 'consent', fields: ['case_code', 'narrative', 'children'] };

describe('where a field stands', () => {
  test('without a basis yet: the default is ready, what needs asking says so', () => {
    expect(fields.map((each) => standingOf(each, open))).toEqual(['ready', 'ready', 'asks', 'never', 'empty', 'empty']);
  });

  test('on a consent: what she agreed to is ready, all else lies outside it', () => {
    expect(fields.slice(0, 3).map((each) => standingOf(each, consent))).toEqual(['ready', 'outside', 'ready']);
  });

  test('on a legal basis: what goes only with her consent is barred', () => {
    expect(standingOf(field('narrative', 'ask'), legal)).toBe('barred');
    expect(mayTick('barred')).toBe(false);
  });

  test('what the matrix never gives stays, even if a consent names it', () => {
    expect(standingOf(field('shelter_address', 'never'), { kind: 'consent', fields: ['shelter_address'] })).toBe(
      'never',
    );
  });
});

describe('the choice of fields', () => {
  test('begins with the default, or with what the consent covers', () => {
    expect(preticked(fields, open)).toEqual(['case_code', 'name']);
    expect(preticked(fields, consent)).toEqual(['case_code', 'narrative']);
  });

  test('keeps what was unticked and added by hand when the basis changes', () => {
    const chosen = ['case_code', 'narrative'];
    expect(rebase({ fields, from: open, to: { kind: 'consent', fields: ['case_code', 'name'] }, chosen })).toEqual([
      'case_code',
      'narrative',
    ]);
  });

  test('drops what the law does not allow without consent', () => {
    expect(rebase({ fields, from: open, to: legal, chosen: ['case_code', 'name', 'narrative'] })).toEqual([
      'case_code',
      'name',
    ]);
  });

  test('is in the order of the matrix, whatever the order of the taps', () => {
    expect(toggled(fields, ['narrative'], 'case_code')).toEqual(['case_code', 'narrative']);
    expect(toggled(fields, ['case_code', 'narrative'], 'case_code')).toEqual(['narrative']);
  });

  test('puts every field in exactly one place', () => {
    const columns = columnsOf(fields, open, ['case_code', 'narrative', 'shelter_address']);
    expect(columns.leaves.map((each) => each.field.field)).toEqual(['case_code', 'narrative']);
    expect(columns.stays.map((each) => each.field.field)).toEqual(['name']);
    expect(columns.never.map((each) => each.field)).toEqual(['shelter_address']);
    expect(columns.empty.map((each) => each.field)).toEqual(['children', 'violence_type']);
  });

  test('rests on the consent that says yes to most', () => {
    const option = {
      consents: [
        { id: 'a', fields: ['name'], validUntil: '2027-01-01' },
        { id: 'b', fields: ['name', 'sex'], validUntil: '2027-01-01' },
      ],
    } as unknown as ReferralOption;
    expect(broadest(option)?.id).toBe('b');
    expect(broadest({ ...option, consents: [] })).toBeUndefined();
  });
});
