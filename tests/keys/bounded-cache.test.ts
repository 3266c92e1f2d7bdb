import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { boundedCache } from '../../server/keys/bounded-cache.ts';

const gone: string[] = [];
let nowMs = 0;

function aCache(maxEntries = 3) {
  return boundedCache<string>({ maxEntries, ttlMs: 60_000, now: () => nowMs, onEvict: (value) => gone.push(value) });
}

beforeEach(() => {
  gone.length = 0;
  nowMs = 1_000;
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a bounded cache', () => {
  it('answers until the time is over, and asking does not prolong it', () => {
    const cache = aCache();
    cache.set('a', 'A');
    nowMs += 59_999;
    expect(cache.get('a')).toBe('A');
    nowMs += 1;
    expect(cache.get('a')).toBeUndefined();
    expect(gone).toEqual(['A']);
  });

  it('lets the one go that was used longest ago', () => {
    const cache = aCache(2);
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.get('a');
    cache.set('c', 'C');
    expect(gone).toEqual(['B']);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
  });

  it('evicts each value once: replaced, deleted, cleared', () => {
    const cache = aCache();
    cache.set('a', 'A1');
    cache.set('a', 'A2');
    cache.set('b', 'B');
    cache.delete('b');
    cache.delete('b');
    cache.clear();
    cache.clear();
    expect(gone).toEqual(['A1', 'B', 'A2']);
  });

  it('does not evict a value that is set again', () => {
    const cache = aCache();
    cache.set('a', 'A');
    nowMs += 40_000;
    cache.set('a', 'A');
    nowMs += 40_000;
    expect(cache.get('a')).toBe('A');
    expect(gone).toEqual([]);
  });

  it('does not live longer when the clock is set back', () => {
    const cache = aCache();
    cache.set('a', 'A');
    nowMs -= 500;
    expect(cache.get('a')).toBeUndefined();
  });

  it('evicts in time what nobody asks for', () => {
    vi.useFakeTimers({ now: 0 });
    const cache = boundedCache<string>({
      maxEntries: 3,
      ttlMs: 60_000,
      now: Date.now,
      onEvict: (value) => gone.push(value),
    });
    cache.set('a', 'A');
    vi.advanceTimersByTime(30_000);
    cache.set('b', 'B');
    vi.advanceTimersByTime(30_000);
    expect(gone).toEqual(['A']);
    vi.advanceTimersByTime(29_999);
    expect(gone).toEqual(['A']);
    vi.advanceTimersByTime(1);
    expect(gone).toEqual(['A', 'B']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when cleared', () => {
    vi.useFakeTimers({ now: 0 });
    const cache = aCache();
    cache.set('a', 'A');
    cache.clear();
    expect(vi.getTimerCount()).toBe(0);
  });
});
