import { readDate, type DateParts } from '../../ui/date-parts.ts';
import type { RegistrationValues } from './values.ts';

/** A day as well as it is known: `2026-03-27`, `2026-03`, `2026`; undefined when nothing was typed. */
export type PartialDay = { iso: string } | { fault: 'unreal' | 'year4' | 'future' } | undefined;

export type PartsKnown = { day: string; month: string; year: string };

/** Reads a day of which only the month or the year may be known. `today` is the last day allowed. */
export function readPartialDay(typed: PartsKnown, today: string): PartialDay {
  const parts = { day: typed.day.trim(), month: typed.month.trim(), year: typed.year.trim() };
  if (Object.values(parts).every((part) => part === '')) return undefined;
  if (!/^\d{4}$/.test(parts.year)) return { fault: 'year4' };
  const iso = isoOf(parts);
  if (iso === undefined) return { fault: 'unreal' };
  return iso > today.slice(0, iso.length) ? { fault: 'future' } : { iso };
}

/** A full day, or undefined when it is none. */
export function fullDay(parts: DateParts): string | undefined {
  const reading = readDate(parts);
  return 'iso' in reading ? reading.iso : undefined;
}

/** When it happened, from the answer that was chosen. */
export function occurredDay(values: RegistrationValues, today: string): PartialDay {
  const { whenKnown, occurredOn, occurredMonth, occurredYear } = values;
  if (whenKnown === '') return undefined;
  if (whenKnown === 'part') return readPartialDay({ day: '', month: occurredMonth, year: occurredYear }, today);
  const iso = fullDay(occurredOn);
  return iso === undefined ? { fault: 'unreal' } : iso > today ? { fault: 'future' } : { iso };
}

/** `21:30` from what people type for it (`2130`, `21h30`, `7.05`); undefined when it is no time of the clock. */
export function readClock(typed: string): string | undefined {
  const match = /^(\d{1,2})\s*[:hg.]?\s*(\d{2})?$/i.exec(typed.trim());
  if (!match) return undefined;
  const [, hour = '', minute = '00'] = match;
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined;
}

function isoOf({ day, month, year }: PartsKnown): string | undefined {
  if (day === '' && month === '') return year;
  if (!/^\d{1,2}$/.test(month) || Number(month) < 1 || Number(month) > 12) return undefined;
  if (day === '') return `${year}-${month.padStart(2, '0')}`;
  return fullDay({ day, month, year });
}
