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
  /** Throws RangeError for a guardian, which is made apart. */
  createPrincipal(p: { principalId: string; kind: HolderKind; version: number }): Promise<PrincipalKeys>;
  /** Keys of a guardian with its unlock, which is not kept here: the caller's to divide among people, and to wipe. */
  createGuardian(p: { principalId: string; version: number }): Promise<{ keys: PrincipalKeys; unlock: Buffer }>;
  /** True only when this custodian signed exactly this id, kind, version and public key. */
  vouchesFor(p: PrincipalKeys): boolean;
  /** The data keys of a grant held by `p`; the caller's to wipe. Throws SealError('SEAL_BROKEN'). */
  openBundle(p: PrincipalKeys, grant: GrantColumns, sealed: Buffer): Promise<DataKeyBundle>;
  /** The same for a grant held by a guardian. Throws KeyringError('GUARDIAN_NOT_OPENED') for an unlock that is not its own. */
  openGuarded(unlock: Buffer, p: PrincipalKeys, held: { grant: GrantColumns; sealed: Buffer }): Promise<DataKeyBundle>;
  /**
   * The same keys, wrapped and vouched for by the newest of the master secrets. Throws SealError for keys that it does not
   * vouch for. A destroyed version is only vouched for; a guardian's half goes along without its unlock.
   */
  rewrap(p: PrincipalKeys): Promise<PrincipalKeys>;
  /** AES-256 key under which rows of the principal's own work lists are sealed with `sealDocument`. */
  listKey(p: PrincipalKeys): Promise<KeyObject>;
  /** One label, one key, always the same: blind indexes, idempotency, session binding. HMAC-SHA256, 32 bytes. */
  derivedKey(label: string): KeyObject;
  /** Ed25519; `keyId` is the key's thumbprint (RFC 7638). */
  tokenSigningKey(): { keyId: string; privateKey: KeyObject; publicKey: KeyObject };
  /** Whose signatures are believed: that key, and the one before it for as long as a token lives after it was renewed. */
  tokenKeys(): readonly { keyId: string; publicKey: KeyObject }[];
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
