import { randomBytes } from 'node:crypto';

/*
 * Shamir's secret sharing (1979) byte by byte over GF(2^8) with the polynomial of AES (x^8 + x^4 + x^3 + x + 1): each byte of
 * the secret is the value at 0 of a line (or curve) of its own; a share is the values at one other place.
 * Fewer shares than the threshold fit every secret equally well.
 */

/** `x` 1 … 255: the place of the share; `values` as long as the secret. */
export type Share = { x: number; values: Buffer };

/**
 * Cuts a secret into `total` shares, any `threshold` of which restore it. `random` yields that many random bytes.
 * Throws RangeError for an empty secret or numbers that make no sense.
 */
export function splitSecret(
  secret: Buffer,
  { threshold, total }: { threshold: number; total: number },
  random: (bytes: number) => Buffer = randomBytes,
): Share[] {
  const isSensible = threshold >= 2 && total >= threshold && total <= 255 && secret.length > 0;
  if (!isSensible) throw new RangeError('a threshold of at least 2, at most 255 shares, and a secret');
  const curves = [secret, ...Array.from({ length: threshold - 1 }, () => random(secret.length))];
  const shares = Array.from({ length: total }, (_, index) => ({ x: index + 1, values: valuesAt(curves, index + 1) }));
  for (const curve of curves.slice(1)) curve.fill(0);
  return shares;
}

/** The secret of as many shares as its threshold; the caller's to wipe. Shares of different secrets give neither. */
export function joinShares(shares: readonly Share[]): Buffer {
  const length = lengthOf(shares);
  const secret = Buffer.alloc(length);
  for (const share of shares) {
    const weight = weightAtZero(share.x, shares);
    for (let index = 0; index < length; index += 1)
      secret[index] = (secret[index] ?? 0) ^ times(share.values[index] ?? 0, weight);
  }
  return secret;
}

function lengthOf(shares: readonly Share[]): number {
  const [first] = shares;
  const isSet = new Set(shares.map(({ x }) => x)).size === shares.length;
  const length = first?.values.length ?? 0;
  if (length === 0 || !isSet || !shares.every((share) => isShare(share, length)))
    throw new RangeError('different shares of one length');
  return length;
}

function isShare({ x, values }: Share, length: number): boolean {
  return x >= 1 && x <= 255 && values.length === length;
}

/** Horner's scheme, for each byte. */
function valuesAt(curves: readonly Buffer[], x: number): Buffer {
  const values = Buffer.alloc(curves[0]?.length ?? 0);
  for (const curve of curves.toReversed())
    for (let index = 0; index < values.length; index += 1)
      values[index] = times(values[index] ?? 0, x) ^ (curve[index] ?? 0);
  return values;
}

/** Lagrange's weight of the share at `x` for the value at 0. */
function weightAtZero(x: number, shares: readonly Share[]): number {
  return shares
    .filter((other) => other.x !== x)
    .reduce((weight, other) => times(weight, times(other.x, inverse(other.x ^ x))), 1);
}

/** Without tables and branches on the values, so that neither time nor cache tells of them. */
function times(a: number, b: number): number {
  let product = 0;
  let factor = a;
  for (let bit = 0; bit < 8; bit += 1) {
    product ^= factor & -((b >> bit) & 1);
    factor = ((factor << 1) ^ (0x11b & -(factor >> 7))) & 0xff;
  }
  return product;
}

/** a^254: the field has 255 elements beside 0. */
function inverse(a: number): number {
  let result = 1;
  for (let step = 0; step < 254; step += 1) result = times(result, a);
  return result;
}
