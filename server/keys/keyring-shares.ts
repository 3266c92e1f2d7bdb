import { createHash, randomBytes } from 'node:crypto';
import { decodeRingSecrets, encodeRingSecrets, type RingSecret } from './ring-secrets.ts';
import { joinShares, splitSecret } from './shamir.ts';
import { ShareError } from './share-error.ts';
import type { ShareFile } from './share-file.ts';

const TOTAL = 3;
const THRESHOLD = 2;
const SET_BYTES = 8;
const DIGEST_BYTES = 16;

/** Three shares of which any two restore the secrets. `made` is a day. */
export function sharesOf(secrets: readonly RingSecret[], made: string): ShareFile[] {
  const encoded = encodeRingSecrets(secrets);
  // The digest inside tells restored secrets from noise that two unrelated shares would give.
  const secret = Buffer.concat([digestOf(encoded), encoded]);
  const set = randomBytes(SET_BYTES).toString('hex');
  try {
    const shares = splitSecret(secret, { threshold: THRESHOLD, total: TOTAL });
    return shares.map((share) => ({ set, share, total: TOTAL, threshold: THRESHOLD, made }));
  } finally {
    encoded.fill(0);
    secret.fill(0);
  }
}

/** The secrets again; the caller's to wipe. @throws ShareError SHARES_MIXED, SHARES_TOO_FEW, SHARES_WRONG */
export function secretsFrom(files: readonly ShareFile[]): readonly RingSecret[] {
  const [first] = files;
  if (new Set(files.map(({ set }) => set)).size > 1) throw new ShareError('SHARES_MIXED');
  const different = [...new Map(files.map((file) => [file.share.x, file.share])).values()];
  if (first === undefined || different.length < first.threshold) throw new ShareError('SHARES_TOO_FEW');
  return secretsIn(joined(different.slice(0, first.threshold)));
}

function joined(shares: Parameters<typeof joinShares>[0]): Buffer {
  try {
    return joinShares(shares);
  } catch {
    throw new ShareError('SHARES_WRONG');
  }
}

function secretsIn(secret: Buffer): readonly RingSecret[] {
  const encoded = secret.subarray(DIGEST_BYTES);
  try {
    const secrets = digestOf(encoded).equals(secret.subarray(0, DIGEST_BYTES)) ? decodeRingSecrets(encoded) : undefined;
    if (secrets === undefined) throw new ShareError('SHARES_WRONG');
    return secrets;
  } finally {
    secret.fill(0);
  }
}

function digestOf(encoded: Buffer): Buffer {
  return createHash('sha256').update(encoded).digest().subarray(0, DIGEST_BYTES);
}
