export type Repeating = { stop(): Promise<void> };

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
