export type Row = Record<string, unknown>;
export type Table = [name: string, rows: Row[]];

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Sealed columns hold bytes that nobody opens here. */
export const BYTES = `\\x${'5a'.repeat(32)}`;

export function at(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
