import type { Directory } from '../directory/directory.ts';
import { vietnamDay } from '../kernel/clock.ts';
import { durationMs } from '../kernel/duration.ts';

/** 0 for U0 … 4 for U4: how a list is ordered without telling why. */
export function priorityOf(directory: Directory, urgency: string, nowMs: number): number {
  const rank = directory.listed('urgency', urgency, vietnamDay(nowMs))?.meta['rank'];
  return typeof rank === 'number' ? rank : 4;
}

/** By when the desk must answer; the limit is data. */
export function answerDueAt(directory: Directory, urgency: string, nowMs: number): Date {
  return new Date(nowMs + (durationMs(directory.listed('urgency', urgency, vietnamDay(nowMs))?.meta['within']) ?? 0));
}
