import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { PrincipalKeys } from '../../server/keys/custodian.ts';
import { openedKeys } from '../../server/keys/opened-keys.ts';
import { secretCache } from '../../server/keys/secret-cache.ts';

const ZEROS = Buffer.alloc(32);
let nowMs = 0;

function aSecret(): Buffer {
  return randomBytes(32);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the bytes of a cached secret are zeros', () => {
  it('once it is over a minute old, when somebody asks', () => {
    const cache = secretCache<Buffer[]>(() => nowMs);
    const secret = aSecret();
    cache.set('a', [secret]);
    nowMs += 59_999;
    expect(cache.get('a')).toEqual([secret]);
    expect(secret).not.toEqual(ZEROS);
    nowMs += 1;
    expect(cache.get('a')).toBeUndefined();
    expect(secret).toEqual(ZEROS);
  });

  it('once it is over a minute old, when nobody asks', () => {
    vi.useFakeTimers({ now: 0 });
    const cache = secretCache<Buffer[]>(Date.now);
    const secrets = [aSecret(), aSecret()];
    cache.set('a', secrets);
    vi.advanceTimersByTime(59_999);
    expect(secrets).not.toContainEqual(ZEROS);
    vi.advanceTimersByTime(1);
    expect(secrets).toEqual([ZEROS, ZEROS]);
  });

  it('once 500 newer ones pushed it out', () => {
    const cache = secretCache<Buffer[]>(() => nowMs);
    const secrets = Array.from({ length: 501 }, aSecret);
    secrets.forEach((secret, index) => cache.set(String(index), [secret]));
    expect(secrets.filter((secret) => secret.equals(ZEROS))).toHaveLength(1);
    expect(secrets[0]).toEqual(ZEROS);
  });

  it('once it is replaced, deleted or the cache is closed', () => {
    const cache = secretCache<ReadonlyMap<string, Buffer>>(() => nowMs);
    const secrets = Array.from({ length: 4 }, aSecret);
    secrets.forEach((secret, index) => cache.set(index < 2 ? 'same' : String(index), new Map([['facts 1', secret]])));
    cache.delete('2');
    expect(secrets.map((secret) => secret.equals(ZEROS))).toEqual([true, false, true, false]);
    cache.clear();
    expect(secrets.every((secret) => secret.equals(ZEROS))).toBe(true);
  });
});

describe('an unwrapped key', () => {
  const principal: PrincipalKeys = {
    principalId: 'agency-1',
    kind: 'agency',
    version: 1,
    publicKey: aSecret(),
    vouch: Buffer.alloc(0),
    wrappedPrivateKey: Buffer.alloc(0),
    wrappedListKey: Buffer.alloc(0),
  };

  it('is wiped on time and on close, while whoever got it can finish', async () => {
    const handedOut: Buffer[] = [];
    const original = aSecret();
    const unwrap = async () => {
      const raw = Buffer.from(original);
      handedOut.push(raw);
      return raw;
    };
    const opened = openedKeys(unwrap, () => nowMs);
    const key = await opened.key('list-key', principal);
    nowMs += 60_000;
    await opened.key('list-key', principal);
    expect(handedOut.map((raw) => raw.equals(ZEROS))).toEqual([true, false]);
    opened.close();
    expect(handedOut).toEqual([ZEROS, ZEROS]);
    expect(key.export()).toEqual(original);
  });

  it('is unwrapped once for all who ask at the same time', async () => {
    const unwrap = vi.fn(async () => aSecret());
    const opened = openedKeys(unwrap, () => nowMs);
    const keys = await Promise.all([1, 2, 3].map(() => opened.key('list-key', principal)));
    await opened.key('list-key', principal);
    expect(unwrap).toHaveBeenCalledTimes(1);
    expect(keys.every((key) => keys[0]?.equals(key))).toBe(true);
    opened.close();
  });

  it('that arrives after closing is refused and wiped', async () => {
    const raw = aSecret();
    const arrival = Promise.withResolvers<Buffer>();
    const opened = openedKeys(
      () => arrival.promise,
      () => nowMs,
    );
    const waiting = opened.key('list-key', principal);
    opened.close();
    arrival.resolve(raw);
    await expect(waiting).rejects.toThrow(expect.objectContaining({ code: 'KEYRING_CLOSED' }));
    expect(raw).toEqual(ZEROS);
  });

  it('that could not be had is asked for again', async () => {
    const unwrap = vi.fn(async () => aSecret()).mockRejectedValueOnce(new Error('away'));
    const opened = openedKeys(unwrap, () => nowMs);
    await expect(opened.key('list-key', principal)).rejects.toThrow('away');
    expect((await opened.key('list-key', principal)).symmetricKeySize).toBe(32);
    opened.close();
  });
});
