export type Age = { kind: 'now' } | { kind: 'minutes' | 'hours' | 'days'; count: number };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago, in whole units, never rounded up; a clock that runs a little ahead counts as "just now". */
export function ageOf(at: string | number, nowMs: number): Age {
  const pastMs = nowMs - new Date(at).getTime();
  if (pastMs >= dayMs) return { kind: 'days', count: Math.floor(pastMs / dayMs) };
  if (pastMs >= hourMs) return { kind: 'hours', count: Math.floor(pastMs / hourMs) };
  if (pastMs >= minuteMs) return { kind: 'minutes', count: Math.floor(pastMs / minuteMs) };
  return { kind: 'now' };
}
