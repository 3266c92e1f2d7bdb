import { useState } from 'react';
import { useKeeper } from '../session/use-session.ts';

/** `useState` for plain JSON that survives a lock, such as the page of a form one has reached. */
export function useKeptState<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const { kept } = useKeeper();
  const [value, setValue] = useState<Value>(() => (kept.get(key) as Value | undefined) ?? initial);
  function change(next: Value): void {
    kept.put(key, next);
    setValue(next);
  }
  return [value, change];
}
