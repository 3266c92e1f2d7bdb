import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../kernel/errors.ts';

const WINDOW_SECONDS = 15 * 60;
const FREE_TRIES = 5;
const FREE_TRIES_OF_A_NAME = 30;
const LONGEST_WAIT_SECONDS = 30;
const LONGEST_WAIT_OF_A_NAME_SECONDS = 5;

/** Failed tries slow down, they never lock out: a desk under attack waits seconds, not hours. */
export type Guesses = {
  requireCalm(who: Who): Promise<void>;
  failed(who: Who): Promise<void>;
  succeeded(who: Who): Promise<void>;
};
export type Who = { username: string; address: string };

type Lane = {
  counter: RateLimiterMemory;
  pause: RateLimiterMemory;
  /** Whether the log knows of this pause: one event tells of all tries that fall into it. */
  told: RateLimiterMemory;
  free: number;
  longest: number;
  keyOf: (who: Who) => string;
};

/** Counts per name and address, and more gently per name alone; waits double from one second on. */
export function countGuesses(): Guesses {
  const lanes = [
    lane({
      free: FREE_TRIES,
      longest: LONGEST_WAIT_SECONDS,
      keyOf: (who) => `${who.username.toLowerCase()} ${who.address}`,
    }),
    lane({
      free: FREE_TRIES_OF_A_NAME,
      longest: LONGEST_WAIT_OF_A_NAME_SECONDS,
      keyOf: (who) => who.username.toLowerCase(),
    }),
  ];
  return {
    async requireCalm(who) {
      const waits = await Promise.all(lanes.map((each) => waitIn(each, each.keyOf(who))));
      const waitMs = Math.max(...waits.map((wait) => wait.ms));
      const isOnRecord = waits.every((wait) => wait.ms === 0 || wait.isTold);
      if (waitMs > 0) throw new AppError('SLOW_DOWN', { retryAfterSeconds: Math.ceil(waitMs / 1000), isOnRecord });
    },
    async failed(who) {
      await Promise.all(lanes.map((each) => slowDown(each, each.keyOf(who))));
    },
    async succeeded(who) {
      const [first] = lanes;
      await first?.counter.delete(first.keyOf(who));
    },
  };
}

function lane(rule: Pick<Lane, 'free' | 'longest' | 'keyOf'>): Lane {
  return {
    ...rule,
    counter: new RateLimiterMemory({ points: 10_000, duration: WINDOW_SECONDS }),
    pause: new RateLimiterMemory({ points: 1, duration: LONGEST_WAIT_SECONDS }),
    told: new RateLimiterMemory({ points: 1, duration: LONGEST_WAIT_SECONDS }),
  };
}

async function waitIn({ pause, told }: Lane, key: string): Promise<{ ms: number; isTold: boolean }> {
  const ms = (await pause.get(key))?.msBeforeNext ?? 0;
  if (ms <= 0) return { ms: 0, isTold: false };
  const { consumedPoints } = await told.penalty(key, 1);
  return { ms, isTold: consumedPoints > 1 };
}

async function slowDown({ counter, pause, told, free, longest }: Lane, key: string): Promise<void> {
  const { consumedPoints } = await counter.penalty(key, 1);
  if (consumedPoints < free) return;
  await told.delete(key);
  await pause.block(key, Math.min(longest, 2 ** (consumedPoints - free)));
}
