import { DAY_MS, HOUR_MS, MINUTE_MS } from './clock.ts';

/** Milliseconds of an ISO 8601 duration of days, hours and minutes (`PT12H`, `P3D`); null for anything else. */
export function durationMs(text: unknown): number | null {
  const found = typeof text === 'string' ? /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) : null;
  if (found === null || text === 'P' || text === 'PT') return null;
  const [days, hours, minutes] = found.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * DAY_MS + (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS;
}
