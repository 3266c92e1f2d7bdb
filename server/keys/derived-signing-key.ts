import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Custodian } from './custodian.ts';
import { privateKeyOf } from './raw-keys.ts';

/** An Ed25519 key pair of this installation: one label, one pair, always the same, whatever keeps the keys. */
export function derivedSigningKey(
  custodian: Pick<Custodian, 'derivedKey'>,
  label: string,
): { privateKey: KeyObject; publicKey: KeyObject } {
  const seed = custodian.derivedKey(label).export();
  try {
    const privateKey = privateKeyOf('ed25519', seed);
    return { privateKey, publicKey: createPublicKey(privateKey) };
  } finally {
    seed.fill(0);
  }
}

/** Label of the key that signs the audit log's checkpoints: auditors and witnesses know it, so it never changes. */
export const AUDIT_LOG_KEY = 'audit-log-v1';
