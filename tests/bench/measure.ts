/** One operation of a unit, done once. */
export type Operation = () => Promise<void>;
export type Player = { operation: Operation; close(): Promise<void> };

/** What one side has done: operations, the seconds they took together, and each one's own time. */
export type Load = { operations: number; seconds: number; latenciesMs: number[] };

/** All players at once, each one operation after the other, for so long. */
export async function load(players: readonly Player[], seconds: number): Promise<Load> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  await Promise.all(players.map((player) => keepPlaying(player, deadline, latenciesMs)));
  return { operations: latenciesMs.length, seconds: (performance.now() - startedAt) / 1000, latenciesMs };
}

async function keepPlaying({ operation }: Player, deadline: number, latenciesMs: number[]): Promise<void> {
  let now = performance.now();
  while (now < deadline) {
    await operation();
    const done = performance.now();
    latenciesMs.push(done - now);
    now = done;
  }
}

/** Several loads of the same kind as one. */
export function together(loads: readonly Load[]): Load {
  return {
    operations: loads.reduce((sum, each) => sum + each.operations, 0),
    seconds: loads.reduce((sum, each) => sum + each.seconds, 0),
    latenciesMs: loads.flatMap((each) => each.latenciesMs).toSorted((a, b) => a - b),
  };
}

/** Milliseconds below which a share of the operations stayed. @param sorted ascending */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
