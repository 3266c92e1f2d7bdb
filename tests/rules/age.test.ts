import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ageBandOf, ageOn, isChildBand, isMinorBand } from '../../server/cases/age.rules.ts';

const DAY_MS = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const anyDay = fc
  .integer({ min: Date.UTC(1910, 0, 1) / DAY_MS, max: Date.UTC(2090, 0, 1) / DAY_MS })
  .map((days) => dayOf(days * DAY_MS));
const birthAndToday = fc.tuple(anyDay, anyDay).filter(([born, today]) => born <= today);

it('age counts birthdays, and nothing else', () => {
  fc.assert(
    fc.property(birthAndToday, ([born, today]) => {
      const birthdays = [];
      for (let year = Number(born.slice(0, 4)) + 1; year <= Number(today.slice(0, 4)); year += 1)
        birthdays.push(`${year}${born.slice(4)}`);
      expect(ageOn(born, today)).toBe(birthdays.filter((birthday) => birthday <= today).length);
    }),
  );
});

it('the less is known of a birth date, the younger she is taken, by less than a year', () => {
  fc.assert(
    fc.property(birthAndToday, ([born, today]) => {
      const [exact, month, year] = [ageOn(born, today), ageOn(born.slice(0, 7), today), ageOn(born.slice(0, 4), today)];
      expect(month).toBeLessThanOrEqual(exact);
      expect(year).toBeLessThanOrEqual(month);
      expect(exact - year).toBeLessThanOrEqual(1);
    }),
  );
});

it('a child is never taken for grown up, whatever is known of the birth date', () => {
  fc.assert(
    fc.property(birthAndToday, ([born, today]) => {
      if (ageOn(born, today) >= 16) return;
      for (const known of [born, born.slice(0, 7), born.slice(0, 4)])
        expect(isChildBand(ageBandOf({ bornOn: known, ageBand: 'B25_59' }, today))).toBe(true);
    }),
  );
});

it.each([
  ['2026-11-22', 'B0_6'],
  ['2019-11-23', 'B0_6'],
  ['2019-11-22', 'B7_15'],
  ['2010-11-23', 'B7_15'],
  ['2010-11-22', 'B16_17'],
  ['2008-11-23', 'B16_17'],
  ['2008-11-22', 'B18_24'],
  ['2001-11-22', 'B25_59'],
  ['1966-11-23', 'B25_59'],
  ['1966-11-22', 'B60'],
])('who was born on %s is in %s on 22 November 2026', (bornOn, band) => {
  expect(ageBandOf({ bornOn, ageBand: 'UNKNOWN' }, '2026-11-22')).toBe(band);
});

it('without a birth date the band that was ticked holds', () => {
  expect(ageBandOf({ ageBand: 'B18_24' }, '2026-11-22')).toBe('B18_24');
});

it('every child is a minor, and who is 16 or 17 is a minor but no child', () => {
  for (const band of ['B0_6', 'B7_15']) expect([isChildBand(band), isMinorBand(band)]).toEqual([true, true]);
  expect([isChildBand('B16_17'), isMinorBand('B16_17')]).toEqual([false, true]);
  for (const band of ['B18_24', 'B25_59', 'B60', 'UNKNOWN'])
    expect([isChildBand(band), isMinorBand(band)]).toEqual([false, false]);
});
