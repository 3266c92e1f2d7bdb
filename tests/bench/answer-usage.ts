import { readFileSync } from 'node:fs';

// Loaded into the server process before its own program: tells the bench how much time and memory it has used.
process.on('message', (question) => {
  if (question !== 'usage') return;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.send?.({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakKb: ownPeakKb() ?? maxRSS });
});
// Nobody is left to ask: the bench is gone, and so must be what it started.
process.on('disconnect', () => process.exit(1));
// Listening alone must not keep a finished server alive.
process.channel?.unref();

/** Linux lets a child begin with the peak of the process that started it (getrusage); this one is the server's own. */
function ownPeakKb(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return peak === undefined ? undefined : Number(peak);
}
