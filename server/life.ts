/** The end of the process as one promise: Ctrl-C, SIGTERM, a vanished parent or a failure, then everything is disposed in reverse order. */
export type Life = {
  /** Settles when everything has been disposed. */
  ended: Promise<void>;
  onEnd(dispose: () => Promise<void>): void;
  fail(error: Error): void;
};

const PARENT_CHECK_MS = 500;

export function lifeOf(options: { watchParent: boolean }): Life {
  const disposals: (() => Promise<void>)[] = [];
  let stop: (error?: Error) => void = () => {};
  const asked = new Promise<Error | undefined>((resolve) => {
    stop = resolve;
  });
  const onSignal = (): void => stop();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const timer = options.watchParent ? watchParent(() => stop()) : undefined;
  const ended = asked.then(async (error) => {
    clearInterval(timer);
    for (const dispose of disposals.toReversed())
      await dispose().catch((fault: unknown) => console.error(fault instanceof Error ? fault.message : fault));
    if (error !== undefined) throw error;
    // A start that was interrupted half-way may still hold timers and sockets; there is nothing left to wait for.
    setTimeout(() => process.exit(0), 50).unref();
  });
  ended.catch(() => {});
  return { ended, onEnd: (dispose) => void disposals.push(dispose), fail: (error) => stop(error) };
}

/** An embedded system must not outlive who started it: when the parent is gone, another process adopts us. */
function watchParent(gone: () => void): NodeJS.Timeout {
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) gone();
  }, PARENT_CHECK_MS).unref();
}
