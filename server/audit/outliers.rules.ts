import type { AuditRules, OutlierRule } from '../directory/audit-rules.ts';
import { MINUTE_MS } from '../kernel/clock.ts';

/** When an agency works, in minutes of the day in Viet Nam; `days` are ISO weekdays. */
export type DutyHours = { opens: number; closes: number; days: readonly number[] };

const WHOLE_DAY = 24 * 60;
const ALWAYS: DutyHours = { opens: 0, closes: WHOLE_DAY, days: [1, 2, 3, 4, 5, 6, 7] };

/** The rules in force on `day` (`YYYY-MM-DD`), the gravest first, as they stand in the data within one severity. */
export function rulesOn({ rules }: AuditRules, day: string): OutlierRule[] {
  const order = ['high', 'medium', 'low'];
  return rules
    .filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo))
    .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** What a desk's words on its hours mean (`24/7`, `07:30–17:00`); the usual hours where they say nothing that can be read. */
export function dutyHoursOf({ dutyHours }: AuditRules, words: string | null): DutyHours {
  if (words === '24/7') return ALWAYS;
  const found = /^(\d\d:\d\d)\s*[–-]\s*(\d\d:\d\d)$/.exec(words ?? '');
  const graceMinutes = dutyHours.grace / MINUTE_MS;
  return {
    opens: Math.max(0, minutesOf(found?.[1] ?? dutyHours.from) - graceMinutes),
    closes: Math.min(WHOLE_DAY, minutesOf(found?.[2] ?? dutyHours.to) + graceMinutes),
    days: dutyHours.days,
  };
}

/** Puts names and numbers into a sentence of the data: `{{name}}`, `{{agency}}`, `{{count}}`, `{{limit}}`. */
export function fill(sentence: string, gaps: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (_whole, gap: string) => String(gaps[gap] ?? ''));
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
