import type { KeyObject } from 'node:crypto';

import { lengthPrefixed } from './additional-data.ts';
import type { DataKeyBundle } from './bundle.ts';
import type { GrantColumns, HolderKind } from './data-keys.ts';

/**
 * One version of a principal's keys as it lies in the database. Its private parts are wrapped by the custodian, so a
 * backup of the custodian's few master secrets never goes stale when an agency is added.
 */
export type PrincipalKeys = {
  principalId: string;
  kind: HolderKind;
  /** 1 … 65535 */
  version: number;
  /** X25519, raw. */
  publicKey: Buffer;
  /** The custodian's signature over `vouchedStatement`. */
  vouch: Buffer;
  wrappedPrivateKey: Buffer;
  wrappedListKey: Buffer;
};

/**
 * Keeps principals' private keys and vouches for public ones. Never seal to a key that it does not vouch for.
 * What returns a promise may need the network (`transit`) and then throws AppError KEYS_UNAVAILABLE while nobody answers
 * there; the rest is local, so that withdrawal, deletion, sign-in and sealing go on without it.
 */
export type Custodian = {
  provider: 'keyring' | 'transit';
  createPrincipal(p: { principalId: string; kind: HolderKind; version: number }): Promise<PrincipalKeys>;
  /** True only when this custodian signed exactly this id, kind, version and public key. */
  vouchesFor(p: PrincipalKeys): boolean;
  /** The data keys of a grant held by `p`; the caller's to wipe. Throws SealError('SEAL_BROKEN'). */
  openBundle(p: PrincipalKeys, grant: GrantColumns, sealed: Buffer): Promise<DataKeyBundle>;
  /** AES-256 key under which rows of the principal's own work lists are sealed with `sealDocument`. */
  listKey(p: PrincipalKeys): Promise<KeyObject>;
  /** One label, one key, always the same: blind indexes, idempotency, session binding. HMAC-SHA256, 32 bytes. */
  derivedKey(label: string): KeyObject;
  /** Ed25519; `keyId` is the key's thumbprint (RFC 7638). */
  tokenSigningKey(): { keyId: string; privateKey: KeyObject; publicKey: KeyObject };
  /** True while it can open what is sealed to its principals; asked by `/readyz`, so it answers in about a second. */
  isReady(): Promise<boolean>;
  /** Wipes; every later call is refused. */
  close(): void;
};

export type WrappedPart = 'private-key' | 'list-key';
type PublicPart = Pick<PrincipalKeys, 'principalId' | 'kind' | 'version' | 'publicKey'>;

/** The bytes a custodian signs when it vouches for a public key. */
export function vouchedStatement(p: PublicPart): Buffer {
  return lengthPrefixed(['hien-principal-v1', p.principalId, p.kind, p.version, p.publicKey]);
}

/** Additional data of a wrapped part: it opens for its own principal, version and purpose only. */
export function wrappingContext(part: WrappedPart, p: PublicPart): Buffer {
  return lengthPrefixed(['hien-principal-wrap-v1', part, p.principalId, p.kind, p.version, p.publicKey]);
}
