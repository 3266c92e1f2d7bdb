// Loaded into the server process before its own program: tells the bench how much time and memory it has used.
process.on('message', (question) => {
  if (question !== 'usage') return;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.send?.({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakKb: maxRSS });
});
// Nobody is left to ask: the bench is gone, and so must be what it started.
process.on('disconnect', () => process.exit(1));
// Listening alone must not keep a finished server alive.
process.channel?.unref();
