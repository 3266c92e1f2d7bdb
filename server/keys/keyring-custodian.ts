import { sign, verify } from 'node:crypto';

import type { Custodian, PrincipalKeys, WrappedPart } from './custodian.ts';
import { vouchedStatement, wrappingContext } from './custodian.ts';
import { derivedKey, u16, type Maker } from './custodian-parts.ts';
import { KeyringError } from './keyring-error.ts';
import { openedKeys } from './opened-keys.ts';
import { principalDeeds } from './principal-deeds.ts';
import { openBytes, sealBytes } from './primitives.ts';
import { current, ringKeys } from './ring-keys.ts';
import type { RingKeys } from './ring-keys.ts';
import type { RingSecret } from './ring-secrets.ts';
import { sealBroken } from './seal-error.ts';

const WRAP_FORMAT_BYTE = 1;
const WRAP_HEADER_BYTES = 3;
const VOUCH_HEADER_BYTES = 2;
/** As long as a token lives (5 minutes), and a little for clocks. */
const TOKEN_LIFE_MS = 310_000;

export type KeyringCustodian = Custodian & {
  /** Goes on with newer secrets of the same keyring. Throws KeyringError('KEYRING_OTHER') for those of another. */
  replace(secrets: readonly RingSecret[]): void;
};

/** A custodian over the secrets of a keyring; it copies them, so the caller may wipe at once. */
export function keyringCustodian(secrets: readonly RingSecret[], now: () => number): KeyringCustodian {
  let ring: RingKeys | undefined = ringKeys(secrets);
  let learntAtMs = now();
  const unwrapWith = async (part: WrappedPart, p: PrincipalKeys): Promise<Buffer> => unwrap(keys(), part, p);
  const opened = openedKeys(unwrapWith, now);

  function keys(): RingKeys {
    if (ring === undefined) throw new KeyringError('KEYRING_CLOSED');
    return ring;
  }

  return {
    provider: 'keyring',
    ...principalDeeds({
      maker: () => makerOf(keys()),
      unwrap: unwrapWith,
      vouchesFor: (p) => vouchesFor(keys(), p),
      opened,
    }),
    derivedKey: (label) => derivedKey(keys().root, label),
    tokenSigningKey: () => current(keys().token).key,
    tokenKeys: () => {
      const newest = current(keys().token);
      const isOver = now() - learntAtMs > TOKEN_LIFE_MS;
      return [...keys().token].flatMap(([version, key]) => (version === newest.version || !isOver ? [key] : []));
    },
    replace: (newer) => {
      const next = ringKeys(newer);
      if (!next.root.equals(keys().root)) throw new KeyringError('KEYRING_OTHER');
      ring = next;
      learntAtMs = now();
    },
    isReady: async () => ring !== undefined,
    close: () => {
      opened.close();
      ring = undefined;
    },
  };
}

function makerOf(ring: RingKeys): Maker {
  return {
    vouch: async (statement) => vouch(ring, statement),
    wrap: async (context, secret) => wrap(ring, context, secret),
  };
}

/** `version of the vouching key u16 BE | Ed25519 signature 64` */
function vouch(ring: RingKeys, statement: Buffer): Buffer {
  const { version, key } = current(ring.vouch);
  return Buffer.concat([u16(version), sign(null, statement, key.privateKey)]);
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

function unwrap(ring: RingKeys, part: WrappedPart, p: PrincipalKeys): Buffer {
  const wrapped = part === 'private-key' ? p.wrappedPrivateKey : p.wrappedListKey;
  if (wrapped.length < WRAP_HEADER_BYTES || wrapped.readUInt8(0) !== WRAP_FORMAT_BYTE) throw sealBroken();
  const key = ring.wrap.get(wrapped.readUInt16BE(1));
  if (key === undefined) throw sealBroken();
  return openBytes(key, wrappingContext(part, p), wrapped.subarray(WRAP_HEADER_BYTES));
}
