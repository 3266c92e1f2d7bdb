import type { KeyObject } from 'node:crypto';
import { createSecretKey, hkdfSync, randomBytes, sign, verify } from 'node:crypto';

import { lengthPrefixed } from './additional-data.ts';
import { boundedCache } from './bounded-cache.ts';
import type { Custodian, PrincipalKeys, WrappedPart } from './custodian.ts';
import { vouchedStatement, wrappingContext } from './custodian.ts';
import { openBundle } from './data-keys.ts';
import type { GrantColumns } from './data-keys.ts';
import { generateKeyPair, privateKeyFromRaw } from './hpke.ts';
import { KeyringError } from './keyring-error.ts';
import { openBytes, sealBytes } from './primitives.ts';
import { RAW_KEY_BYTES } from './raw-keys.ts';
import { current, ringKeys } from './ring-keys.ts';
import type { RingKeys } from './ring-keys.ts';
import type { RingSecret } from './ring-secrets.ts';
import { sealBroken } from './seal-error.ts';

const MAX_OPENED_KEYS = 500;
const OPENED_KEY_MS = 60_000;
const WRAP_FORMAT_BYTE = 1;
const WRAP_HEADER_BYTES = 3;
const VOUCH_HEADER_BYTES = 2;
const DERIVED_KEY_BYTES = 32;
const LABEL = /^[a-z0-9][a-z0-9._:/-]{0,99}$/;

type OpenedKey = { key: KeyObject | undefined };

/** A custodian over the secrets of a keyring; it copies them, so the caller may wipe at once. */
export function keyringCustodian(secrets: readonly RingSecret[], now: () => number): Custodian {
  let ring: RingKeys | undefined = ringKeys(secrets);
  // Node cannot overwrite a KeyObject; dropping the last reference lets OpenSSL clear it when it is collected.
  const opened = boundedCache<OpenedKey>({
    maxEntries: MAX_OPENED_KEYS,
    ttlMs: OPENED_KEY_MS,
    now,
    onEvict: (entry) => void (entry.key = undefined),
  });

  function keys(): RingKeys {
    if (ring === undefined) throw new KeyringError('KEYRING_CLOSED');
    return ring;
  }

  function unwrapped(part: WrappedPart, p: PrincipalKeys): KeyObject {
    const ringNow = keys();
    const name = cacheName(part, p);
    const known = opened.get(name)?.key;
    if (known !== undefined) return known;
    const key = unwrap(ringNow, part, p);
    opened.set(name, { key });
    return key;
  }

  return {
    provider: 'keyring',
    createPrincipal: async (p) => createPrincipal(keys(), p),
    vouchesFor: (p) => vouchesFor(keys(), p),
    openBundle: async (p, grant, sealed) => {
      requireHolder(p, grant);
      return openBundle({ holder: { publicKey: p.publicKey, privateKey: unwrapped('private-key', p) }, grant, sealed });
    },
    listKey: async (p) => unwrapped('list-key', p),
    derivedKey: (label) => derivedKey(keys(), label),
    tokenSigningKey: () => keys().token,
    close: () => {
      opened.clear();
      ring = undefined;
    },
  };
}

function createPrincipal(ring: RingKeys, p: Pick<PrincipalKeys, 'principalId' | 'kind' | 'version'>): PrincipalKeys {
  const isVersion = Number.isInteger(p.version) && p.version >= 1 && p.version <= 0xffff;
  if (p.principalId === '' || !isVersion) throw new RangeError('a principal needs an id and a version of 1 to 65535');
  const pair = generateKeyPair();
  const listKey = randomBytes(RAW_KEY_BYTES);
  const principal = { principalId: p.principalId, kind: p.kind, version: p.version, publicKey: pair.publicKey };
  try {
    return {
      ...principal,
      vouch: vouch(ring, principal),
      wrappedPrivateKey: wrap(ring, wrappingContext('private-key', principal), pair.privateKey),
      wrappedListKey: wrap(ring, wrappingContext('list-key', principal), listKey),
    };
  } finally {
    pair.privateKey.fill(0);
    listKey.fill(0);
  }
}

/** `version of the vouching key u16 BE | Ed25519 signature 64` */
function vouch(ring: RingKeys, principal: Parameters<typeof vouchedStatement>[0]): Buffer {
  const { version, key } = current(ring.vouch);
  const signature = sign(null, vouchedStatement(principal), key.privateKey);
  return Buffer.concat([u16(version), signature]);
}

function vouchesFor(ring: RingKeys, p: PrincipalKeys): boolean {
  if (p.vouch.length < VOUCH_HEADER_BYTES) return false;
  const key = ring.vouch.get(p.vouch.readUInt16BE(0));
  if (key === undefined) return false;
  try {
    return verify(null, vouchedStatement(p), key.publicKey, p.vouch.subarray(VOUCH_HEADER_BYTES));
  } catch {
    return false;
  }
}

/** `0x01 | version of the wrapping key u16 BE | iv 12 | ciphertext 32 | tag 16` */
function wrap(ring: RingKeys, context: Buffer, secret: Buffer): Buffer {
  const { version, key } = current(ring.wrap);
  return Buffer.concat([Buffer.of(WRAP_FORMAT_BYTE), u16(version), sealBytes(key, context, secret)]);
}

function unwrap(ring: RingKeys, part: WrappedPart, p: PrincipalKeys): KeyObject {
  const wrapped = part === 'private-key' ? p.wrappedPrivateKey : p.wrappedListKey;
  if (wrapped.length < WRAP_HEADER_BYTES || wrapped.readUInt8(0) !== WRAP_FORMAT_BYTE) throw sealBroken();
  const key = ring.wrap.get(wrapped.readUInt16BE(1));
  if (key === undefined) throw sealBroken();
  const raw = openBytes(key, wrappingContext(part, p), wrapped.subarray(WRAP_HEADER_BYTES));
  try {
    return part === 'private-key' ? privateKeyFromRaw(raw) : createSecretKey(raw);
  } finally {
    raw.fill(0);
  }
}

function requireHolder(p: PrincipalKeys, grant: GrantColumns): void {
  const isHolder =
    grant.holderKind === p.kind && grant.holderId === p.principalId && grant.holderKeyVersion === p.version;
  if (!isHolder) throw sealBroken();
  if (p.kind === 'guardian') throw new KeyringError('GUARDIAN_LOCKED');
}

function derivedKey(ring: RingKeys, label: string): KeyObject {
  if (!LABEL.test(label)) throw new RangeError('a label is lower-case ASCII');
  const info = lengthPrefixed(['hien-derived-key-v1', label]);
  const derived = Buffer.from(hkdfSync('sha256', ring.root, Buffer.alloc(0), info, DERIVED_KEY_BYTES));
  try {
    return createSecretKey(derived);
  } finally {
    derived.fill(0);
  }
}

/** Names the whole public part: a row whose id or public key was swapped must prove itself by unwrapping. */
function cacheName(part: WrappedPart, p: PrincipalKeys): string {
  return wrappingContext(part, p).toString('base64');
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
