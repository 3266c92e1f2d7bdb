import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** The moment of printing, ms since 1970: taken anew just before the browser makes the sheet. */
export function usePrintTime(): number {
  const [at, setAt] = useState(() => Date.now());
  useEffect(() => {
    // The browser takes its picture as soon as the listener returns.
    const note = () => flushSync(() => setAt(Date.now()));
    globalThis.addEventListener('beforeprint', note);
    return () => globalThis.removeEventListener('beforeprint', note);
  }, []);
  return at;
}
