const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const vietnamOffsetMs = 7 * hourMs;

/** A stretch of time, RFC 3339; `to` is not part of it. */
export type Stretch = { from?: string; to?: string };

const lastDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

/** The whole months that are offered, newest first, as `2026-11`; the present one included. */
export function recentMonths(nowMs: number, count = 12): string[] {
  const now = new Date(nowMs + vietnamOffsetMs);
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}

/** What a choice of period means: '' is all of time, `day`, `week`, `month` end now, `2026-03` is a whole month. */
export function stretchOf(period: string, nowMs: number): Stretch {
  const days = lastDays[period];
  if (days !== undefined) return { from: new Date(nowMs - days * dayMs).toISOString() };
  if (!/^\d{4}-\d{2}$/.test(period)) return {};
  const [year = 0, month = 1] = period.split('-').map(Number);
  return { from: startOfDay(year, month - 1, 1), to: startOfDay(year, month, 1) };
}

/** From the start of one calendar day in Viet Nam to the end of another, ISO 8601; either may be open. */
export function stretchOfDays(from: string | null, to: string | null): Stretch {
  return {
    ...(from === null ? {} : { from: new Date(`${from}T00:00:00+07:00`).toISOString() }),
    ...(to === null ? {} : { to: new Date(Date.parse(`${to}T00:00:00+07:00`) + dayMs).toISOString() }),
  };
}

function startOfDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day) - vietnamOffsetMs).toISOString();
}
