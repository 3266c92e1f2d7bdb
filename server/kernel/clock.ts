/** Time as an argument: milliseconds since the epoch. Tests and the demonstration history pass their own. */
export type Clock = { now(): number };

export const systemClock: Clock = { now: () => Date.now() };

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A day of an example, counted from the start of the process: examples work whenever they are tried. */
export function exampleDay(daysFromToday: number): string {
  return vietnamDay(Date.now() + daysFromToday * DAY_MS);
}

/** Calendar day in Viet Nam (UTC+7, no summer time) as `YYYY-MM-DD`. */
export function vietnamDay(ms: number): string {
  return new Date(ms + 7 * HOUR_MS).toISOString().slice(0, 10);
}
