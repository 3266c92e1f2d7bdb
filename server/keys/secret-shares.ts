import { createHash, randomBytes } from 'node:crypto';
import { joinShares, splitSecret } from './shamir.ts';
import { ShareError } from './share-error.ts';
import type { ShareFile, ShareOf } from './share-file.ts';

const TOTAL = 3;
const THRESHOLD = 2;
const SET_BYTES = 8;
const DIGEST_BYTES = 16;

/** Three shares of which any two restore the secret, which stays the caller's to wipe. `made` is a day. */
export function sharesOfSecret(content: Buffer, { of, made }: Pick<ShareFile, 'of' | 'made'>): ShareFile[] {
  // The digest inside tells a restored secret from noise that two unrelated shares would give.
  const secret = Buffer.concat([digestOf(content), content]);
  const set = randomBytes(SET_BYTES).toString('hex');
  try {
    const shares = splitSecret(secret, { threshold: THRESHOLD, total: TOTAL });
    return shares.map((share) => ({ of, set, share, total: TOTAL, threshold: THRESHOLD, made }));
  } finally {
    secret.fill(0);
  }
}

/** The secret again; the caller's to wipe. @throws ShareError SHARE_FORMAT for shares of something else, SHARES_MIXED, SHARES_TOO_FEW, SHARES_WRONG */
export function secretOfShares(files: readonly ShareFile[], of: ShareOf): Buffer {
  if (files.some((file) => file.of !== of)) throw new ShareError('SHARE_FORMAT');
  const [first] = files;
  if (new Set(files.map(({ set }) => set)).size > 1) throw new ShareError('SHARES_MIXED');
  const different = [...new Map(files.map((file) => [file.share.x, file.share])).values()];
  if (first === undefined || different.length < first.threshold) throw new ShareError('SHARES_TOO_FEW');
  const secret = joined(different.slice(0, first.threshold));
  try {
    const content = secret.subarray(DIGEST_BYTES);
    if (!digestOf(content).equals(secret.subarray(0, DIGEST_BYTES))) throw new ShareError('SHARES_WRONG');
    return Buffer.from(content);
  } finally {
    secret.fill(0);
  }
}

function joined(shares: Parameters<typeof joinShares>[0]): Buffer {
  try {
    return joinShares(shares);
  } catch {
    throw new ShareError('SHARES_WRONG');
  }
}

function digestOf(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest().subarray(0, DIGEST_BYTES);
}
