import fc from 'fast-check';
import { expect, it } from 'vitest';
import { caseCode, typedCaseCode } from '../../server/kernel/case-code.ts';

const random = fc.uint8Array({ minLength: 8, maxLength: 8 });

it('a code has two groups of four letters that cannot be misheard', () => {
  fc.assert(
    fc.property(
      random,
      (bytes) => void expect(caseCode(bytes)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
    ),
  );
});

it('however a code is typed or heard, it is the same code', () => {
  const misheard = (code: string): string => code.replaceAll('0', 'o').replaceAll('1', 'i');
  const ways = [
    (code: string) => code,
    (code: string) => code.toLowerCase(),
    misheard,
    (code: string) => code.replace('-', ''),
    (code: string) => ` ${code.split('').join(' ')} `,
  ];
  fc.assert(
    fc.property(random, fc.constantFrom(...ways), (bytes, way) => {
      expect(typedCaseCode(way(caseCode(bytes)))).toBe(caseCode(bytes));
    }),
  );
});

it('what cannot be a code is none', () => {
  for (const typed of ['', 'K7MQ', 'K7MQ-2RX', 'K7MQ-2RXAA', 'K7MQ-2RXU', 'K7MQ–2RXA', '????-????', 'ĐĐĐĐ-ĐĐĐĐ'])
    expect(typedCaseCode(typed)).toBeNull();
});

it('any text gives a code in its stored form, or none', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const code = typedCaseCode(typed);
      if (code !== null) expect(typedCaseCode(code)).toBe(code);
    }),
  );
});
