import { MINUTE_MS } from '../kernel/clock.ts';
import type { Directory } from '../directory/directory.ts';
import type { Cast } from './cast.ts';
import type { Chance } from './chance.ts';
import { plannedCall, type PlannedCall } from './planned-call.ts';
import { instantAfter, instantOf } from './schedule.rules.ts';

/** What planning needs to know: the present of the history, the people, the directory, and chance. */
export type Planning = { nowMs: number; cast: Cast; directory: Directory; chance: Chance };

type Deed = Pick<PlannedCall, 'by' | 'action'> & Partial<Omit<PlannedCall, 'key' | 'atMs'>>;
/** `at` names the instant, `after` the wait since the deed before; neither: a minute or so later. */
export type When = { at?: string | undefined; after?: string | undefined };

/** Deeds that follow one another, each later than the one before. */
export type Thread = {
  /** The instant of the last deed. */
  lastMs(): number;
  add(deed: Deed, when: When): void;
  /** Something else kept everybody busy until then. */
  waitUntil(ms: number): void;
  calls: readonly PlannedCall[];
};

export function beginThread(planning: Planning, name: string, beginMs: number): Thread {
  const { nowMs, cast, chance } = planning;
  const calls: PlannedCall[] = [];
  let last = beginMs;
  const timeOf = (by: string, { at, after }: When): number => {
    const desk = cast.deskOf(by);
    if (at !== undefined) return Math.max(instantOf(at, nowMs, desk), last + MINUTE_MS);
    // A minute later the same person is still at the desk, whatever the hour.
    if (after === undefined) return last + chance.between(60, 200) * 1000;
    return instantAfter(last, after, { nowMs, desk, chance });
  };
  return {
    calls,
    lastMs: () => last,
    waitUntil(ms) {
      last = Math.max(last, ms);
    },
    add(deed, when) {
      last = timeOf(deed.by, when);
      calls.push(plannedCall({ ...deed, key: `${name}/${calls.length}`, atMs: last }));
    },
  };
}
