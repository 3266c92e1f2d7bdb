import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldVietnamese, normaliseIdentityNumber, normalisePhone, sameSpelling } from '../../server/kernel/folding.ts';

const letters = [...'aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ'];
const vietnamese = fc.string({
  unit: fc.constantFrom(...letters, ...letters.map((one) => one.toUpperCase()), ' '),
  maxLength: 30,
});
const any = fc.oneof(vietnamese, fc.string({ unit: 'binary', maxLength: 20 }));

describe('folding', () => {
  it('unites what people hear as one name', () => {
    const forms = ['Hoà', 'Hòa', 'HÒA', 'hoa', ' hoa ', 'Hòa'.normalize('NFD'), 'ho\u200ba'];
    for (const form of forms) expect(foldVietnamese(form)).toBe('hoa');
    expect(foldVietnamese('Đặng  Thị\tNguyệt Ánh')).toBe('dang thi nguyet anh');
    expect(foldVietnamese('H’Hen Niê')).toBe("h'hen nie");
    expect(foldVietnamese('Y Ê‑ban')).toBe('y e-ban');
  });

  it('leaves plain letters, digits, signs and single spaces of every Vietnamese text', () => {
    fc.assert(fc.property(vietnamese, (text) => /^[a-z]*( [a-z]+)*$/.test(foldVietnamese(text))));
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(any, (text) => foldVietnamese(foldVietnamese(text)) === foldVietnamese(text)),
      { numRuns: 1_000 },
    );
  });

  it('is the same for both ways to compose and for capitals', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const forms = [text.normalize('NFC'), text.normalize('NFD'), text.toUpperCase(), text.toLowerCase()];
        expect(new Set(forms.map(foldVietnamese)).size).toBe(1);
      }),
    );
    fc.assert(
      fc.property(any, (text) => foldVietnamese(text.normalize('NFC')) === foldVietnamese(text.normalize('NFD'))),
      { numRuns: 1_000 },
    );
  });
});

describe('the same spelling', () => {
  it('keeps marks and forgets composition, capitals and spaces', () => {
    expect(sameSpelling('  NGUYỄN  Thị hòa'.normalize('NFD'))).toBe('nguyễn thị hòa');
    expect(sameSpelling('hoà')).not.toBe(sameSpelling('hòa'));
    fc.assert(
      fc.property(vietnamese, (text) => sameSpelling(sameSpelling(text.normalize('NFD'))) === sameSpelling(text)),
    );
  });
});

describe('a telephone number', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['0905123456', '+84905123456'],
    ['0905 123 456', '+84905123456'],
    ['0905.123-456', '+84905123456'],
    ['+84 905 123 456', '+84905123456'],
    ['+84 (0)905 123 456', '+84905123456'],
    ['0084905123456', '+84905123456'],
    ['84905123456', '+84905123456'],
    ['905123456', '+84905123456'],
    ['849012345', '+84849012345'],
    ['０９０５１２３４５６', '+84905123456'],
    ['(0236) 3 822 410', '+842363822410'],
    ['+84 236 3822410', '+842363822410'],
    ['01201234567', '+84701234567'],
    ['1201234567', '+84701234567'],
    ['+855 12 345 678', '+85512345678'],
    ['00 86 138 1234 5678', '+8613812345678'],
  ];
  it.each(forms)('%s is %s', (raw, expected) => {
    expect(normalisePhone(raw)).toBe(expected);
  });

  const renumbered: readonly (readonly [string, string])[] = [
    ['0120', '070'],
    ['0121', '079'],
    ['0122', '077'],
    ['0126', '076'],
    ['0128', '078'],
    ['0123', '083'],
    ['0124', '084'],
    ['0125', '085'],
    ['0127', '081'],
    ['0129', '082'],
    ['0162', '032'],
    ['0163', '033'],
    ['0164', '034'],
    ['0165', '035'],
    ['0166', '036'],
    ['0167', '037'],
    ['0168', '038'],
    ['0169', '039'],
    ['0186', '056'],
    ['0188', '058'],
    ['0199', '059'],
  ];
  it.each(renumbered)('%s became %s', (before, after) => {
    for (const prefix of [before, `+84${before.slice(1)}`, `84${before.slice(1)}`]) {
      expect(normalisePhone(`${prefix}1234567`)).toBe(`+84${after.slice(1)}1234567`);
    }
  });

  const none = [
    '',
    'không có',
    '113',
    '1800 1234',
    '0905',
    '090512345',
    '09051234567',
    '0161234567 8',
    '01811234567',
    '+84',
    '+841234',
    '++84905123456',
    '0905123456x',
    '+0123456789',
    '0'.repeat(11),
    '+' + '9'.repeat(16),
  ];
  it.each(none)('"%s" is none', (raw) => {
    expect(normalisePhone(raw)).toBeNull();
  });

  it('is not changed the second time', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789+ .-()'), maxLength: 18 });
    fc.assert(
      fc.property(fc.oneof(digits, fc.constantFrom(...forms.map(([raw]) => raw))), (raw) => {
        const once = normalisePhone(raw);
        if (once !== null) expect(normalisePhone(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an identity number', () => {
  it('has nine or twelve digits', () => {
    expect(normaliseIdentityNumber('048 190 001 234')).toBe('048190001234');
    expect(normaliseIdentityNumber(' 201.234-567 ')).toBe('201234567');
    for (const raw of ['', '12345678', '1234567890', '0481900012345', '04819000123a', 'B1234567']) {
      expect(normaliseIdentityNumber(raw)).toBeNull();
    }
  });
});
