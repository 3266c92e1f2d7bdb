import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMatrix } from '../../server/directory/disclosure-matrix.ts';
import { choiceFaults, legalBasesFor } from '../../server/referrals/dispatch.rules.ts';

const text = readFileSync(new URL('../../policies/disclosure-matrix.json', import.meta.url), 'utf8');
const matrix = parseMatrix(text);
const raw = JSON.parse(text) as {
  sectors: Record<string, Record<string, { share: string; when?: string; else?: string }>>;
};
const FIELDS = matrix.fields.map(({ field }) => field);
const SECTORS = Object.keys(raw.sectors);
const choice = fc.record({
  fields: fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 }),
  sector: fc.constantFrom(...SECTORS),
  isInDanger: fc.boolean(),
  isOnLegalBasis: fc.boolean(),
});

function shareOf(sector: string, field: string, isInDanger: boolean): string {
  const cell = raw.sectors[sector]?.[field];
  if (cell === undefined) return 'never';
  return cell.when === undefined || isInDanger ? cell.share : (cell.else ?? 'never');
}

it('exactly the fields that may not go are named, at their place in the list', () => {
  fc.assert(
    fc.property(choice, (chosen) => {
      const expected = chosen.fields.flatMap((field, index) => {
        const share = shareOf(chosen.sector, field, chosen.isInDanger);
        const mayGo = share === 'default' || (share === 'ask' && !chosen.isOnLegalBasis);
        return mayGo ? [] : [{ path: `fields.${index}`, code: 'NOT_SHAREABLE' }];
      });
      expect(choiceFaults(matrix, chosen)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('the law never lets more go than consent would', () => {
  fc.assert(
    fc.property(choice, (chosen) => {
      const byConsent = choiceFaults(matrix, { ...chosen, isOnLegalBasis: false });
      const byLaw = choiceFaults(matrix, { ...chosen, isOnLegalBasis: true });
      for (const fault of byConsent) expect(byLaw).toContainEqual(fault);
    }),
  );
});

it('a sector without a column gets nothing, and a shelter’s address goes to nobody', () => {
  for (const field of FIELDS)
    expect(
      choiceFaults(matrix, { fields: [field], sector: 'COURT', isInDanger: true, isOnLegalBasis: false }),
    ).toHaveLength(1);
  for (const sector of SECTORS)
    expect(
      choiceFaults(matrix, { fields: ['shelter_address'], sector, isInDanger: true, isOnLegalBasis: false }),
    ).toHaveLength(1);
});

it('consent, assent and break-glass are no legal bases; the duty to report is one for children alone', () => {
  for (const isChild of [true, false])
    for (const code of ['CONSENT', 'ASSENT_AND_GUARDIAN', 'BREAK_GLASS'])
      expect(legalBasesFor(isChild)).not.toContain(code);
  expect(legalBasesFor(true)).toContain('CHILD_DUTY');
  expect(legalBasesFor(false)).not.toContain('CHILD_DUTY');
});
