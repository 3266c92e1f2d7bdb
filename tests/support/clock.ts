import { DAY_MS, vietnamDay, type Clock } from '../../server/kernel/clock.ts';

/** Runs with the real one and can be moved; the database's own clock stays where it is. */
export type TestClock = Clock & {
  advance(ms: number): void;
  /** Puts the clock at an instant (RFC 3339), from where it goes on running. */
  set(at: string): void;
  /** Calendar day in Viet Nam, `days` from now. */
  day(days?: number): string;
};

export function testClock(): TestClock {
  let offsetMs = 0;
  const now = (): number => Date.now() + offsetMs;
  return {
    now,
    advance: (ms) => void (offsetMs += ms),
    set: (at) => void (offsetMs = Date.parse(at) - Date.now()),
    day: (days = 0) => vietnamDay(now() + days * DAY_MS),
  };
}
