/** What was typed into the three boxes of a date. */
export type DateParts = { day: string; month: string; year: string };

export const emptyDate: DateParts = { day: '', month: '', year: '' };

export type DateFault = 'empty' | 'incomplete' | 'year4' | 'unreal' | 'future' | 'past';

export type DateReading = { iso: string } | { fault: DateFault };

/** Days as ISO 8601 (`2026-03-27`), both ends included. */
export type DateLimits = { notBefore?: string; notAfter?: string };

/** Reads day, month and year as a calendar day; says what is wrong instead of guessing. */
export function readDate(parts: DateParts, limits: DateLimits = {}): DateReading {
  const typed = [parts.day, parts.month, parts.year].map((part) => part.trim());
  const fault = faultOfTyping(typed);
  if (fault) return { fault };
  const iso = realDay(typed);
  return iso === undefined ? { fault: 'unreal' } : within(iso, limits);
}

/** The boxes of a known day, for a form that changes it; empty for anything else. */
export function partsOf(iso: string | null | undefined): DateParts {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? '');
  if (!match) return emptyDate;
  const [, year = '', month = '', day = ''] = match;
  return { day: String(Number(day)), month: String(Number(month)), year };
}

function faultOfTyping(typed: readonly string[]): DateFault | undefined {
  if (typed.every((part) => part === '')) return 'empty';
  if (typed.some((part) => part === '')) return 'incomplete';
  return /^\d{4}$/.test(typed[2] ?? '') ? undefined : 'year4';
}

function within(iso: string, { notBefore, notAfter }: DateLimits): DateReading {
  if (notAfter !== undefined && iso > notAfter) return { fault: 'future' };
  if (notBefore !== undefined && iso < notBefore) return { fault: 'past' };
  return { iso };
}

function realDay(typed: readonly string[]): string | undefined {
  if (typed.some((part) => !/^\d+$/.test(part))) return undefined;
  const [day = 0, month = 0, year = 0] = typed.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  // The calendar rolls 31/2 over into March: a day that changes was never real.
  const isReal = date.getUTCDate() === day && date.getUTCMonth() === month - 1 && date.getUTCFullYear() === year;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}
