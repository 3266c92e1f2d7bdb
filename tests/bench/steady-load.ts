import { setTimeout as pause } from 'node:timers/promises';
import type { Sample } from './make-case.ts';
import { percentile } from './measure.ts';
import type { UnitName } from './options.ts';
import type { Stage } from './stage.ts';
import { systemPlayers } from './system-units.ts';

/** What one stretch of time saw: operations, those that failed, and how long they took. */
export type Stretch = {
  operations: number;
  failed: readonly string[];
  p50Ms: number;
  p95Ms: number;
  perSecond: number;
};

export type SteadyLoad = {
  /** Closes the stretch that is underway and begins the next. */
  stretch(): Stretch;
  stop(): Promise<void>;
};

type On = { stage: Stage; samples: readonly Sample[]; port: number };

/** Reading and writing, in the proportion of a working day rather than of a race. */
const PEOPLE: readonly UnitName[] = ['open', 'list', 'find', 'register', 'refer'];

/**
 * People at work until told to stop, each with a pause after every operation: what is measured is whether anybody is
 * turned away, not how much the machine can do.
 * @param pauseMs between two operations of one person, milliseconds
 */
export async function steadyLoad(on: On, pauseMs: number): Promise<SteadyLoad> {
  let latenciesMs: number[] = [];
  let failed: string[] = [];
  let startedAt = performance.now();
  let isOn = true;
  const players = (await Promise.all(PEOPLE.map((unit) => systemPlayers(on, unit, 1)))).flat();
  const work = players.map(async ({ operation }, nth) => {
    while (isOn) {
      const from = performance.now();
      await operation().catch((error: unknown) => void failed.push(`${PEOPLE[nth] ?? ''}: ${String(error)}`));
      latenciesMs.push(performance.now() - from);
      await pause(pauseMs);
    }
  });
  return {
    stretch() {
      const sorted = latenciesMs.toSorted((a, b) => a - b);
      const seconds = (performance.now() - startedAt) / 1000;
      const seen = { failed, p50Ms: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95) };
      [latenciesMs, failed, startedAt] = [[], [], performance.now()];
      return { ...seen, operations: sorted.length, perSecond: sorted.length / seconds };
    },
    async stop() {
      isOn = false;
      await Promise.all(work);
      for (const player of players) await player.close();
    },
  };
}
