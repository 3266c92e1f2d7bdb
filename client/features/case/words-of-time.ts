import { formatDate } from '../../ui/dates.ts';

/** `27/03/2026`, `03/2026` or `2026`, as well as the day is known. */
export function partialDayWords(day: string): string {
  return day.length === 10 ? formatDate(day) : day.split('-').toReversed().join('/');
}

export type TimeLeft = { kind: 'days' | 'hours' | 'minutes'; count: number } | { kind: 'over' };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Beyond this, hours say less than days. */
const mostHours = 120;

/** How long a window of care stays open: whole units, never rounded up, since it must not look longer than it is. */
export function timeLeft(endsAt: string, nowMs: number): TimeLeft {
  const leftMs = new Date(endsAt).getTime() - nowMs;
  if (leftMs <= 0) return { kind: 'over' };
  if (leftMs < hourMs) return { kind: 'minutes', count: Math.max(1, Math.floor(leftMs / minuteMs)) };
  if (leftMs <= mostHours * hourMs) return { kind: 'hours', count: Math.floor(leftMs / hourMs) };
  return { kind: 'days', count: Math.floor(leftMs / dayMs) };
}

/** Silence shorter than this is no gap: the longest time to contact that a risk level allows. */
const gapDays = 7;

/** Whole days without a deed before each entry's next newer one (for the newest: before now); 0 where it is no gap. */
export function gapsOf(times: readonly string[], nowMs: number): number[] {
  return times.map((at, index) => {
    const newer = times[index - 1];
    const untilMs = newer === undefined ? nowMs : new Date(newer).getTime();
    const days = Math.floor((untilMs - new Date(at).getTime()) / dayMs);
    return days >= gapDays ? days : 0;
  });
}
