/** Bands of every report (domain §5); `B0_6` … `B60`, or `UNKNOWN`. */
export type AgeBand = 'B0_6' | 'B7_15' | 'B16_17' | 'B18_24' | 'B25_59' | 'B60' | 'UNKNOWN';

const BANDS: readonly { upTo: number; band: AgeBand }[] = [
  { upTo: 6, band: 'B0_6' },
  { upTo: 15, band: 'B7_15' },
  { upTo: 17, band: 'B16_17' },
  { upTo: 24, band: 'B18_24' },
  { upTo: 59, band: 'B25_59' },
  { upTo: 150, band: 'B60' },
];

/**
 * Age in full years on `day`, from a birth date known to the year, month or day. What is not known is taken
 * as late as possible, so that a child is never counted as grown up.
 */
export function ageOn(bornOn: string, day: string): number {
  // Days of the calendar compare as texts; a birth known to the year only counts as its last day.
  const birthday = `${bornOn}-12-31`.slice(0, 10).slice(5);
  const hadBirthday = day.slice(5) >= (bornOn.length === 7 ? `${bornOn.slice(5)}-31` : birthday);
  return Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (hadBirthday ? 0 : 1);
}

export function ageBandOf(person: { bornOn?: string | undefined; ageBand: string }, day: string): AgeBand {
  if (person.bornOn === undefined) return person.ageBand as AgeBand;
  const age = Math.max(0, ageOn(person.bornOn, day));
  return BANDS.find(({ upTo }) => age <= upTo)?.band ?? 'UNKNOWN';
}

/** A child in the sense of the Law on Children, Art. 1: under 16. */
export function isChildBand(band: string): boolean {
  return band === 'B0_6' || band === 'B7_15';
}

/** A minor: under 18, for whom trafficking needs no means (ATL Art. 2(1), Palermo Art. 3). */
export function isMinorBand(band: string): boolean {
  return isChildBand(band) || band === 'B16_17';
}
