import type { KeyObject } from 'node:crypto';
import { createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

import { lengthPrefixed } from './additional-data.ts';
import type { PrincipalKeys } from './custodian.ts';
import { vouchedStatement, wrappingContext } from './custodian.ts';
import type { GrantColumns } from './data-keys.ts';
import { openBundle, type DataKeyBundle } from './data-keys.ts';
import { generateKeyPair, privateKeyFromRaw } from './hpke.ts';
import { KeyringError } from './keyring-error.ts';
import { RAW_KEY_BYTES, rawPublicKey } from './raw-keys.ts';
import { sealBroken } from './seal-error.ts';

/* What every provider does in the same way; they differ in who wraps, who signs and where the root secret comes from. */

const LABEL = /^[a-z0-9][a-z0-9._:/-]{0,99}$/;
const MAX_VERSION = 0xffff;

export type NewPrincipal = Pick<PrincipalKeys, 'principalId' | 'kind' | 'version'>;
export type Maker = {
  vouch(statement: Buffer): Promise<Buffer>;
  wrap(context: Buffer, secret: Buffer): Promise<Buffer>;
};

/**
 * Fresh keys for a principal, wrapped and vouched for.
 * Throws RangeError without an id, with a version out of range, or for a guardian.
 */
export async function makePrincipal(maker: Maker, p: NewPrincipal): Promise<PrincipalKeys> {
  if (p.kind === 'guardian') throw new RangeError('a guardian is made apart, with its unlock');
  requireName(p);
  const pair = generateKeyPair();
  return wrapped(maker, { ...p, publicKey: pair.publicKey }, pair.privateKey);
}

/**
 * Fresh keys for a guardian. Its private key is cut into two halves that are noise each by itself (their exclusive or is
 * the key): one is wrapped like any private key, the other is the unlock. So new master secrets reach the
 * wrapped half without the unlock, and neither a custodian nor the people who keep the unlock open anything alone.
 */
export async function makeGuardian(
  maker: Maker,
  p: Omit<NewPrincipal, 'kind'>,
): Promise<{ keys: PrincipalKeys; unlock: Buffer }> {
  const principal = { ...p, kind: 'guardian' as const };
  requireName(principal);
  const pair = generateKeyPair();
  const unlock = randomBytes(RAW_KEY_BYTES);
  const half = exclusiveOr(pair.privateKey, unlock);
  pair.privateKey.fill(0);
  return { keys: await wrapped(maker, { ...principal, publicKey: pair.publicKey }, half), unlock };
}

/** A guardian's bundle, by its unwrapped half, which is wiped, and its unlock. Throws as `Custodian.openGuarded`. */
export function openWithUnlock(
  halves: { half: Buffer; unlock: Buffer },
  p: PrincipalKeys,
  held: { grant: GrantColumns; sealed: Buffer },
): DataKeyBundle {
  const raw = exclusiveOr(halves.half, halves.unlock);
  try {
    const privateKey = privateKeyFromRaw(raw);
    if (!rawPublicKey(privateKey).equals(p.publicKey)) throw new KeyringError('GUARDIAN_NOT_OPENED');
    return openBundle({ holder: { publicKey: p.publicKey, privateKey }, ...held });
  } finally {
    raw.fill(0);
    halves.half.fill(0);
  }
}

function requireName({ principalId, version }: Pick<NewPrincipal, 'principalId' | 'version'>): void {
  const isVersion = Number.isInteger(version) && version >= 1 && version <= MAX_VERSION;
  if (principalId === '' || !isVersion) throw new RangeError('a principal needs an id and a version of 1 to 65535');
}

/** Wipes `secret`. */
async function wrapped(
  maker: Maker,
  { principalId, kind, version, publicKey }: NewPrincipal & { publicKey: Buffer },
  secret: Buffer,
): Promise<PrincipalKeys> {
  const listKey = randomBytes(RAW_KEY_BYTES);
  const principal = { principalId, kind, version, publicKey };
  try {
    const [vouch, wrappedPrivateKey, wrappedListKey] = await Promise.all([
      maker.vouch(vouchedStatement(principal)),
      maker.wrap(wrappingContext('private-key', principal), secret),
      maker.wrap(wrappingContext('list-key', principal), listKey),
    ]);
    return { ...principal, vouch, wrappedPrivateKey, wrappedListKey };
  } finally {
    secret.fill(0);
    listKey.fill(0);
  }
}

function exclusiveOr(a: Buffer, b: Buffer): Buffer {
  if (a.length !== b.length) throw new KeyringError('GUARDIAN_NOT_OPENED');
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

/** Throws SealError unless the grant names exactly this principal, and KeyringError for the guardian's. */
export function requireHolder(p: PrincipalKeys, grant: GrantColumns): void {
  requireNamed(p, grant);
  if (p.kind === 'guardian') throw new KeyringError('GUARDIAN_LOCKED');
}

/** Throws SealError unless the grant names exactly this principal, and this is a guardian. */
export function requireGuardian(p: PrincipalKeys, grant: GrantColumns): void {
  requireNamed(p, grant);
  if (p.kind !== 'guardian') throw sealBroken();
}

function requireNamed(p: PrincipalKeys, grant: GrantColumns): void {
  const isHolder =
    grant.holderKind === p.kind && grant.holderId === p.principalId && grant.holderKeyVersion === p.version;
  if (!isHolder) throw sealBroken();
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
