export type Median = { unit: 'hour' } | { unit: 'hours' | 'days'; count: number };

/** A median time to an answer in the unit in which people speak of it; null while there are too few answers. */
export function medianOf(hours: number | null): Median | null {
  if (hours === null) return null;
  if (hours <= 1) return { unit: 'hour' };
  return hours < 36 ? { unit: 'hours', count: Math.round(hours) } : { unit: 'days', count: Math.round(hours / 24) };
}
