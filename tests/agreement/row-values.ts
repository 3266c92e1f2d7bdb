export type Row = Record<string, unknown>;
export type Table = [name: string, rows: Row[]];

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Sealed columns hold bytes that nobody opens here. */
export const BYTES = `\\x${'5a'.repeat(32)}`;

/** One moment for all rows of a run: two clock readings would now and then leave an emergency access a millisecond too long. */
const NOW = Date.now();

export function at(ms: number): string {
  return new Date(NOW + ms).toISOString();
}
