import type { KeyObject } from 'node:crypto';
import { createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

import { lengthPrefixed } from './additional-data.ts';
import type { PrincipalKeys } from './custodian.ts';
import { vouchedStatement, wrappingContext } from './custodian.ts';
import type { GrantColumns } from './data-keys.ts';
import { generateKeyPair } from './hpke.ts';
import { KeyringError } from './keyring-error.ts';
import { RAW_KEY_BYTES } from './raw-keys.ts';
import { sealBroken } from './seal-error.ts';

/* What every provider does in the same way; they differ in who wraps, who signs and where the root secret comes from. */

const LABEL = /^[a-z0-9][a-z0-9._:/-]{0,99}$/;
const MAX_VERSION = 0xffff;

export type NewPrincipal = Pick<PrincipalKeys, 'principalId' | 'kind' | 'version'>;
export type Maker = {
  vouch(statement: Buffer): Promise<Buffer>;
  wrap(context: Buffer, secret: Buffer): Promise<Buffer>;
};

/** Fresh keys for a principal, wrapped and vouched for. Throws RangeError without an id or with a version out of range. */
export async function makePrincipal(maker: Maker, p: NewPrincipal): Promise<PrincipalKeys> {
  const isVersion = Number.isInteger(p.version) && p.version >= 1 && p.version <= MAX_VERSION;
  if (p.principalId === '' || !isVersion) throw new RangeError('a principal needs an id and a version of 1 to 65535');
  const pair = generateKeyPair();
  const listKey = randomBytes(RAW_KEY_BYTES);
  const principal = { principalId: p.principalId, kind: p.kind, version: p.version, publicKey: pair.publicKey };
  try {
    const [vouch, wrappedPrivateKey, wrappedListKey] = await Promise.all([
      maker.vouch(vouchedStatement(principal)),
      maker.wrap(wrappingContext('private-key', principal), pair.privateKey),
      maker.wrap(wrappingContext('list-key', principal), listKey),
    ]);
    return { ...principal, vouch, wrappedPrivateKey, wrappedListKey };
  } finally {
    pair.privateKey.fill(0);
    listKey.fill(0);
  }
}

/** Throws SealError unless the grant names exactly this principal, and KeyringError for the guardian's. */
export function requireHolder(p: PrincipalKeys, grant: GrantColumns): void {
  const isHolder =
    grant.holderKind === p.kind && grant.holderId === p.principalId && grant.holderKeyVersion === p.version;
  if (!isHolder) throw sealBroken();
  if (p.kind === 'guardian') throw new KeyringError('GUARDIAN_LOCKED');
}

/** HKDF-SHA256 (RFC 5869) of the root secret. Throws RangeError for a label that is not lower-case ASCII. */
export function derivedKey(root: KeyObject, label: string): KeyObject {
  if (!LABEL.test(label)) throw new RangeError('a label is lower-case ASCII');
  const derived = derive(root, lengthPrefixed(['hien-derived-key-v1', label]));
  try {
    return createSecretKey(derived);
  } finally {
    derived.fill(0);
  }
}

/** 32 bytes; the caller's to wipe. */
export function derive(root: KeyObject, info: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), info, RAW_KEY_BYTES));
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
