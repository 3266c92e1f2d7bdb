import type { KeyObject } from 'node:crypto';
import { createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';

import { lengthPrefixed } from './additional-data.ts';
import { decodeBundle, encodeBundle } from './bundle.ts';
import type { DataKeyBundle } from './bundle.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { padToBucket, withoutPadding } from './padding.ts';
import { hmacSha256 } from './primitives.ts';
import { sealBroken } from './seal-error.ts';

export type { DataKeyBundle } from './bundle.ts';
export { decodeBundle, encodeBundle, wipeBundle } from './bundle.ts';

export type HolderKind = 'agency' | 'staff' | 'statistics' | 'guardian';

/**
 * The columns of a grant that never change. They are authenticated with the bundle, so a grant cannot be moved to another
 * holder, subject, basis or beginning. Its end may be shortened, so what is authenticated is the latest it may ever have.
 */
export type GrantColumns = {
  grantId: string;
  holderKind: HolderKind;
  holderId: string;
  holderKeyVersion: number;
  subjectKind: string;
  subjectId: string;
  caseId: string;
  ownerAgencyId: string;
  basisKind: string;
  basisId: string | null;
  /** Milliseconds since the epoch, whole. */
  beginsAtMs: number;
  /** The end that was granted, in ms; null or absent where none was. */
  latestEndMs?: number | null;
};

/** What a data key is for. */
export type KeyContext = { subjectId: string; compartment: string; version: number };

const KEY_BYTES = 32;
const COMMITMENT_BYTES = 32;
const COMMITMENT_NAME = 'hien-key-commitment-v1';
const GRANT_NAME = 'hien-grant-v1';
/** Additional data of a grant that ends. */
const ENDING_GRANT_NAME = 'hien-grant-v2';
const GRANT_INFO = Buffer.from(GRANT_NAME, 'utf8');

/** 32 random bytes, the caller's to wipe. */
export function generateDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** A data key ready for `sealDocument`. Throws RangeError unless it has 32 bytes. */
export function dataKeyObject(key: Buffer): KeyObject {
  requireKey(key);
  return createSecretKey(key);
}

/**
 * HMAC-SHA256 that ties a data key to its subject, compartment and version. AES-GCM alone does not commit to its key: a
 * crafted ciphertext can open under two. Throws RangeError unless the key has 32 bytes.
 */
export function keyCommitment(key: Buffer, context: KeyContext): Buffer {
  requireKey(key);
  const { subjectId, compartment, version } = context;
  return hmacSha256(createSecretKey(key), lengthPrefixed([COMMITMENT_NAME, subjectId, compartment, version]));
}

export function matchesCommitment(key: Buffer, context: KeyContext, commitment: Buffer): boolean {
  return commitment.length === COMMITMENT_BYTES && timingSafeEqual(commitment, keyCommitment(key, context));
}

/** HPKE to the holder: `enc 32 | ciphertext | tag 16` over the padded bundle. Throws RangeError for a malformed bundle. */
export function sealBundle(input: {
  holder: { publicKey: Buffer };
  grant: GrantColumns;
  bundle: DataKeyBundle;
}): Buffer {
  const encoded = encodeBundle(input.bundle);
  // Padded, because the number of keys would tell which compartments a case has.
  const plaintext = padToBucket(encoded);
  try {
    return hpkeSeal({ publicKey: input.holder.publicKey, info: GRANT_INFO, aad: describe(input.grant), plaintext });
  } finally {
    encoded.fill(0);
    plaintext.fill(0);
  }
}

/** The data keys of a grant; the caller's to wipe. Throws SealError('SEAL_BROKEN') on anything wrong. */
export function openBundle(input: {
  holder: { publicKey: Buffer; privateKey: KeyObject };
  grant: GrantColumns;
  sealed: Buffer;
}): DataKeyBundle {
  try {
    const { holder, grant, sealed } = input;
    return unpack(hpkeOpen({ ...holder, info: GRANT_INFO, aad: describe(grant), sealed }));
  } catch (cause) {
    throw sealBroken(cause);
  }
}

function unpack(padded: Buffer): DataKeyBundle {
  try {
    return decodeBundle(withoutPadding(padded));
  } finally {
    padded.fill(0);
  }
}

function describe(grant: GrantColumns): Buffer {
  const end = grant.latestEndMs ?? null;
  return lengthPrefixed([
    end === null ? GRANT_NAME : ENDING_GRANT_NAME,
    grant.grantId,
    grant.holderKind,
    grant.holderId,
    grant.holderKeyVersion,
    grant.subjectKind,
    grant.subjectId,
    grant.caseId,
    grant.ownerAgencyId,
    grant.basisKind,
    // No basis is empty bytes, which differ by their tag from an empty text.
    grant.basisId ?? Buffer.alloc(0),
    grant.beginsAtMs,
    ...(end === null ? [] : [end]),
  ]);
}

function requireKey(key: Buffer): void {
  if (key.length !== KEY_BYTES) throw new RangeError('a data key has 32 bytes');
}
