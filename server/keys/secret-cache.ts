import { boundedCache, type BoundedCache } from './bounded-cache.ts';

/** Anything that holds raw secrets: a list or a map of buffers. */
type Secrets = { values(): Iterable<Buffer> };

const LIMITS = { maxEntries: 500, ttlMs: 60_000 };

/**
 * Opened secrets, at most 500 for at most 60 seconds. The buffers belong to the cache from `set` on and are overwritten with
 * zeros when they leave it. Raw bytes and not key objects, because Node cannot overwrite those: whoever needs a key makes a
 * key object for one use, which OpenSSL clears when the young generation is collected.
 */
export function secretCache<V extends Secrets>(now: () => number): BoundedCache<V> {
  return boundedCache<V>({ ...LIMITS, now, onEvict: wipeSecrets });
}

/** Overwrites every buffer with zeros. */
export function wipeSecrets(secrets: Secrets): void {
  for (const secret of secrets.values()) secret.fill(0);
}
