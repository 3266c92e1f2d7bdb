import { readFileSync } from 'node:fs';

// Loaded into a process that ends by itself: its own peak of memory stands in the last line that it says to standard error.
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  process.stderr.write(`peak ${ownPeakKb() ?? maxRSS} kB\n`);
});

/** Linux lets a child begin with the peak of the process that started it (getrusage); this one is the process's own. */
function ownPeakKb(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return peak === undefined ? undefined : Number(peak);
}
