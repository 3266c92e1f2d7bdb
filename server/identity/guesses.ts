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
      const waits = await Promise.all(
        lanes.map(async ({ pause, keyOf }) => (await pause.get(keyOf(who)))?.msBeforeNext ?? 0),
      );
      const waitMs = Math.max(...waits);
      if (waitMs > 0) throw new AppError('SLOW_DOWN', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
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
  };
}

async function slowDown({ counter, pause, free, longest }: Lane, key: string): Promise<void> {
  const { consumedPoints } = await counter.penalty(key, 1);
  if (consumedPoints < free) return;
  await pause.block(key, Math.min(longest, 2 ** (consumedPoints - free)));
}
