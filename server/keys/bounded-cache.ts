type Entry<V> = { value: V; expiresAtMs: number };

/**
 * `get` answers only what was set less than `ttlMs` ago and does not prolong it. A value handed out still belongs to the
 * cache: use it at once, because `onEvict` may wipe it.
 */
export type BoundedCache<V> = {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  clear(): void;
};

type BoundedCacheOptions<V> = {
  maxEntries: number;
  ttlMs: number;
  /** Milliseconds; differences count, not the date. */
  now: () => number;
  /** Called once for each value that leaves: expired, replaced, deleted, cleared, or pushed out. */
  onEvict: (value: V) => void;
};

/**
 * A small cache for things that must not stay in memory: bounded in number (the least recently used goes first) and age
 * (a timer evicts what nobody asks for any more; it does not keep the process alive).
 */
export function boundedCache<V>(options: BoundedCacheOptions<V>): BoundedCache<V> {
  const entries = new Map<string, Entry<V>>();
  let timer: NodeJS.Timeout | undefined;

  function evict(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    options.onEvict(entry.value);
  }

  function sweep(): void {
    for (const [key, entry] of [...entries]) if (!isFresh(entry, options)) evict(key);
    timer = entries.size === 0 ? undefined : setTimeout(sweep, soonestExpiryMs(entries, options)).unref();
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (!isFresh(entry, options)) return void evict(key);
      putLast(entries, key, entry);
      return entry.value;
    },
    set(key, value) {
      if (entries.get(key)?.value !== value) evict(key);
      putLast(entries, key, { value, expiresAtMs: options.now() + options.ttlMs });
      const [oldest] = entries.keys();
      if (entries.size > options.maxEntries && oldest !== undefined) evict(oldest);
      timer ??= setTimeout(sweep, options.ttlMs).unref();
    },
    delete: evict,
    clear() {
      for (const key of [...entries.keys()]) evict(key);
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

function isFresh(entry: Entry<unknown>, { now, ttlMs }: BoundedCacheOptions<never>): boolean {
  const remainingMs = entry.expiresAtMs - now();
  // A clock set back must not prolong a life either.
  return remainingMs > 0 && remainingMs <= ttlMs;
}

function soonestExpiryMs(entries: ReadonlyMap<string, Entry<unknown>>, { now }: BoundedCacheOptions<never>): number {
  const soonest = Math.min(...[...entries.values()].map((entry) => entry.expiresAtMs));
  return Math.max(1, soonest - now());
}

/** A Map keeps the order of insertion: the first key is the one used longest ago. */
function putLast<V>(entries: Map<string, Entry<V>>, key: string, entry: Entry<V>): void {
  entries.delete(key);
  entries.set(key, entry);
}
