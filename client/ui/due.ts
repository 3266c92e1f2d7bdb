import { dayIn, type When } from './dates.ts';

/** How a due time relates to now. Counts are whole units, never rounded up. */
export type Due =
  | { kind: 'overdueDays' | 'overdueHours' | 'minutes' | 'hours' | 'days'; count: number }
  | { kind: 'overdueNow' | 'today' | 'tomorrow' };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `when` with a time is due at that moment; a bare day (`2026-03-27`) is due when it ends in Viet Nam. */
export function dueFrom(when: When, nowMs: number): Due {
  const isBareDay = typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when);
  const dueMs = isBareDay ? new Date(`${when}T23:59:59.999+07:00`).getTime() : new Date(when).getTime();
  if (dueMs < nowMs) return overdue(nowMs - dueMs);
  const daysBetween = daysApart(nowMs, dueMs);
  if (daysBetween > 1) return { kind: 'days', count: daysBetween };
  if (daysBetween === 1) return { kind: 'tomorrow' };
  return isBareDay ? { kind: 'today' } : soon(dueMs - nowMs);
}

export function isOverdue(due: Due): boolean {
  return due.kind === 'overdueDays' || due.kind === 'overdueHours' || due.kind === 'overdueNow';
}

function overdue(lateMs: number): Due {
  if (lateMs >= dayMs) return { kind: 'overdueDays', count: Math.floor(lateMs / dayMs) };
  if (lateMs >= hourMs) return { kind: 'overdueHours', count: Math.floor(lateMs / hourMs) };
  return { kind: 'overdueNow' };
}

function soon(leftMs: number): Due {
  if (leftMs >= hourMs) return { kind: 'hours', count: Math.floor(leftMs / hourMs) };
  return { kind: 'minutes', count: Math.max(1, Math.floor(leftMs / minuteMs)) };
}

function daysApart(fromMs: number, toMs: number): number {
  return (Date.parse(dayIn(toMs)) - Date.parse(dayIn(fromMs))) / dayMs;
}
