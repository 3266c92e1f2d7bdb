import { useEffect, useState } from 'react';

const minuteMs = 60_000;

/** The time, ms since 1970, moving on once a minute: for countdowns in words. */
export function useNow(): number {
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
