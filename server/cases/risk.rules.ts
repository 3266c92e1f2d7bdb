import type { Directory } from '../directory/directory.ts';
import { durationMs } from '../kernel/duration.ts';
import type { Risk } from './cases.contract.ts';

export type Urgency = { level: string; priority: number; dueAt: Date };

/**
 * The risk that counts: what was judged, but never below the floor that a red flag sets (domain §3.2), and the
 * time by which she must be contacted. Levels, floors and times are data. `priority` 0 is the most urgent.
 */
export function urgencyOf(directory: Directory, risk: Risk, at: { now: Date; day: string }): Urgency {
  const floors = risk.redFlags.map((flag) =>
    String(directory.listed('red_flag', flag, at.day)?.meta['floor'] ?? risk.level),
  );
  const ranked = [risk.level, ...floors].map((level) => ({ level, priority: rankOf(directory, level, at.day) }));
  const [worst = { level: risk.level, priority: 4 }] = ranked.toSorted((a, b) => a.priority - b.priority);
  const withinMs = durationMs(directory.listed('risk_level', worst.level, at.day)?.meta['contactWithin']) ?? 0;
  return { ...worst, dueAt: new Date(at.now.getTime() + withinMs) };
}

function rankOf(directory: Directory, level: string, day: string): number {
  const rank = directory.listed('risk_level', level, day)?.meta['rank'];
  // The list ranks the gravest highest; priorities count from 0, the most urgent.
  return typeof rank === 'number' ? Math.min(Math.max(4 - rank, 0), 4) : 4;
}
