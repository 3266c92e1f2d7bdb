import type { ListedCode } from '../../../server/directory/directory.contract.ts';

/**
 * The age band of a birth date known to the year, month or day; what is not known is taken as late as possible, so
 * that a child is never counted as grown up. `bands` is the list `age_band`; '' where no band fits.
 */
export function bandOfBirth(bornOn: string, today: string, bands: readonly ListedCode[]): string {
  // Not known is the last day it can have been: `2010` counts as `2010-12-31`.
  const [year = '', month = '12', day = '31'] = bornOn.split('-');
  const yearsBetween = Number(today.slice(0, 4)) - Number(year);
  const age = Math.max(0, today.slice(5) < `${month}-${day}` ? yearsBetween - 1 : yearsBetween);
  return bands.find(({ meta }) => holds(meta, age))?.code ?? '';
}

/** Under 18, as far as a band tells: trafficking of a minor needs no means (ATL Art. 2(1)). */
export function isMinorBand(band: string, bands: readonly ListedCode[]): boolean {
  const oldest = bands.find(({ code }) => code === band)?.meta['maxAge'];
  return typeof oldest === 'number' && oldest < 18;
}

function holds(meta: ListedCode['meta'], age: number): boolean {
  const { minAge, maxAge } = meta as { minAge?: unknown; maxAge?: unknown };
  if (typeof minAge !== 'number') return false;
  return age >= minAge && (typeof maxAge !== 'number' || age <= maxAge);
}
