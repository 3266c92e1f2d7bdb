import { decodeRingSecrets, encodeRingSecrets, type RingSecret } from './ring-secrets.ts';
import { secretOfShares, sharesOfSecret } from './secret-shares.ts';
import { ShareError } from './share-error.ts';
import type { ShareFile } from './share-file.ts';

/** Three shares of which any two restore the secrets. `made` is a day. */
export function sharesOf(secrets: readonly RingSecret[], made: string): ShareFile[] {
  const encoded = encodeRingSecrets(secrets);
  try {
    return sharesOfSecret(encoded, { of: 'keyring', made });
  } finally {
    encoded.fill(0);
  }
}

/** The secrets again; the caller's to wipe. @throws ShareError SHARES_MIXED, SHARES_TOO_FEW, SHARES_WRONG */
export function secretsFrom(files: readonly ShareFile[]): readonly RingSecret[] {
  const encoded = secretOfShares(files, 'keyring');
  try {
    const secrets = decodeRingSecrets(encoded);
    if (secrets === undefined) throw new ShareError('SHARES_WRONG');
    return secrets;
  } finally {
    encoded.fill(0);
  }
}
