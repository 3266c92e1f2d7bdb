import { DAY_MS } from '../kernel/clock.ts';
import type { PlannedCall } from './planned-call.ts';

const MOST_AT_ONCE = 3;
/** What is younger is looked at line by line: there the order of recording is exactly the order of happening. */
const YOUNG_MS = 60 * DAY_MS;

/**
 * Cuts the history into groups that may be carried out at the same time: calls of different cases by different people,
 * next to each other and long ago. It halves the wait of a first start.
 */
export function wavesOf(calls: readonly PlannedCall[], nowMs: number): PlannedCall[][] {
  const waves: PlannedCall[][] = [];
  for (const call of calls) {
    const wave = waves.at(-1);
    if (wave !== undefined && mayJoin(wave, call, nowMs)) wave.push(call);
    else waves.push([call]);
  }
  return waves;
}

function mayJoin(wave: readonly PlannedCall[], call: PlannedCall, nowMs: number): boolean {
  if (wave.length >= MOST_AT_ONCE || call.atMs > nowMs - YOUNG_MS) return false;
  return wave.every((other) => other.by !== call.by && storyOf(other) !== storyOf(call));
}

function storyOf(call: PlannedCall): string | undefined {
  return call.key.split('/')[0];
}
