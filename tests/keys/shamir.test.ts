import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinShares, splitSecret } from '../../server/keys/shamir.ts';

const secrets = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));

describe('splitSecret and joinShares', () => {
  it('any as many shares as the threshold give the secret back, whichever and in whichever order', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.record({ threshold: fc.integer({ min: 2, max: 6 }), more: fc.nat(4), seed: fc.nat() }),
        (secret, by) => {
          const { threshold, more, seed } = by;
          const shares = splitSecret(Buffer.from(secret), { threshold, total: threshold + more });
          const order = shares.toSorted((a, b) => ((a.x * 131 + seed) % 17) - ((b.x * 131 + seed) % 17));
          expect(joinShares(order.slice(0, threshold))).toEqual(secret);
          expect(joinShares(shares)).toEqual(secret);
        },
      ),
    );
  });

  it('every pair of 2-of-3 restores', () => {
    const secret = Buffer.from('8f3a00ff01', 'hex');
    const [a, b, c] = splitSecret(secret, { threshold: 2, total: 3 });
    if (a === undefined || b === undefined || c === undefined) throw new Error('three shares');
    for (const pair of [
      [a, b],
      [a, c],
      [b, c],
      [c, a],
    ])
      expect(joinShares(pair)).toEqual(secret);
  });

  it('one share fits every secret: for each there is a line through it', () => {
    const share = splitSecret(Buffer.of(77), { threshold: 2, total: 3 })[0];
    if (share === undefined) throw new Error('a share');
    const reachable = new Set<number>();
    for (let other = 0; other < 256; other += 1)
      reachable.add(joinShares([share, { x: 2, values: Buffer.of(other) }])[0] ?? -1);
    expect(reachable.size).toBe(256);
  });

  it('the values of one share are spread evenly, whatever the secret', () => {
    const counts = new Array<number>(256).fill(0);
    for (let n = 0; n < 256; n += 1) {
      const [share] = splitSecret(Buffer.of(5), { threshold: 2, total: 2 }, () => Buffer.of(n));
      const value = share?.values[0] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(new Set(counts)).toEqual(new Set([1]));
  });

  it('multiplies as in FIPS 197 §4.2: the line through 0x13 with slope 0x57 has 0x57·x + 0x13', () => {
    const [, , , , , , , , , , , , , , , , , , at0x13, ...rest] = splitSecret(
      Buffer.of(0),
      { threshold: 2, total: 0x83 },
      () => Buffer.of(0x57),
    );
    // {57}·{13} = {fe} and {57}·{83} = {c1} are the standard's own examples.
    expect(at0x13).toMatchObject({ x: 0x13, values: Buffer.of(0xfe) });
    expect(rest.at(-1)).toMatchObject({ x: 0x83, values: Buffer.of(0xc1) });
  });

  it('refuses what makes no sense', () => {
    for (const numbers of [
      { threshold: 1, total: 3 },
      { threshold: 4, total: 3 },
      { threshold: 2, total: 256 },
    ])
      expect(() => splitSecret(Buffer.of(1), numbers)).toThrow(RangeError);
    expect(() => splitSecret(Buffer.alloc(0), { threshold: 2, total: 3 })).toThrow(RangeError);
    const share = { x: 1, values: Buffer.of(1) };
    for (const shares of [
      [],
      [share, share],
      [share, { x: 2, values: Buffer.of(1, 2) }],
      [share, { x: 0, values: Buffer.of(1) }],
    ])
      expect(() => joinShares(shares)).toThrow(RangeError);
  });
});
