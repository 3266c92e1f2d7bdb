import { MINUTE_MS } from '../../kernel/clock.ts';

export type Repeating = { stop(): Promise<void> };

const SAY_AGAIN_MS = MINUTE_MS;

/** Does `work`, which must not fail, again and again with a pause after each; `stop` waits for the one underway. */
export function repeating(pauseMs: number, work: () => Promise<void>): Repeating {
  let isStopped = false;
  let underway = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      underway = work().finally(again);
    }, pauseMs).unref();
  };
  again();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underway;
    },
  };
}

/** Says a thing at once, and the same again only after a minute. */
export function seldom<A extends unknown[]>(say: (...args: A) => void): (...args: A) => void {
  let saidAt = -Infinity;
  return (...args) => {
    if (performance.now() - saidAt < SAY_AGAIN_MS) return;
    saidAt = performance.now();
    say(...args);
  };
}
