const dayMs = 86_400_000;

/** Lengths offered for how long the recipient may read, and for how long she agrees. */
export const readingDays = [30, 90, 180] as const;
export const consentDays = [30, 90, 180, 365] as const;

/** `2026-11-22` and so many days later, as a calendar day. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** A last day and where it comes from: so many days from today, or the end of her consent. */
export type End = { day: string; days: number | null };

/** The last days that may be chosen; with a consent none beyond its end, and its end itself. */
export function endChoices(today: string, limit: string | null): End[] {
  const ends = readingDays.map((days) => ({ day: addDays(today, days), days }));
  if (limit === null) return ends;
  const within: End[] = ends.filter(({ day }) => day < limit);
  return [...within, { day: limit, days: null }];
}

const usualDays = 90;

/** Three months, or the end of her consent where that comes first. */
export function usualEnd(today: string, limit: string | null): string {
  const usual = addDays(today, usualDays);
  return limit !== null && limit < usual ? limit : usual;
}

const timeOfDay = /^([01]?\d|2[0-3])[:.hg]([0-5]\d)$/;
const minuteMs = 60_000;
const vietnamOffsetMs = 7 * 60 * minuteMs;

/** `14:05` as the last such moment in Viet Nam, RFC 3339; null when it is no time of day. A call lies in the past. */
export function momentOf(typed: string, nowMs: number): string | null {
  const match = timeOfDay.exec(typed.trim());
  if (!match) return null;
  const [, hours = '', minutes = ''] = match;
  const today = new Date(nowMs + vietnamOffsetMs).toISOString().slice(0, 10);
  const at = Date.parse(`${today}T${hours.padStart(2, '0')}:${minutes}:00+07:00`);
  return new Date(at > nowMs + minuteMs ? at - dayMs : at).toISOString();
}

/** The time of day in Viet Nam, `14:05`. */
export function clockOf(nowMs: number): string {
  return new Date(nowMs + vietnamOffsetMs).toISOString().slice(11, 16);
}
