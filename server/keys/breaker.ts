/**
 * Spares callers the wait for somebody who is away: after a call that nobody answered, all calls fail at once for `pauseMs`;
 * then one may try while the others still fail. Requests hold a database connection meanwhile, and those that need no key
 * (withdrawal, deletion) must find one free.
 */
export type Breaker = <T>(call: () => Promise<T>) => Promise<T>;

type BreakerOptions = {
  now: () => number;
  pauseMs: number;
  /** True for an error that means that nobody answered. */
  isAway: (error: unknown) => boolean;
  /** The error of a call that was not tried. */
  refuse: () => Error;
};

export function breaker({ now, pauseMs, isAway, refuse }: BreakerOptions): Breaker {
  let awaySinceMs: number | undefined;
  let isTrying = false;

  function mayTry(): boolean {
    return awaySinceMs === undefined || (!isTrying && Math.abs(now() - awaySinceMs) >= pauseMs);
  }

  return async (call) => {
    if (!mayTry()) throw refuse();
    isTrying = awaySinceMs !== undefined;
    try {
      const answer = await call();
      awaySinceMs = undefined;
      return answer;
    } catch (error) {
      awaySinceMs = isAway(error) ? now() : undefined;
      throw error;
    } finally {
      isTrying = false;
    }
  };
}
