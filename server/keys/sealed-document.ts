import type { KeyObject } from 'node:crypto';

import { canonicalJson } from '../kernel/canonical-json.ts';
import { lengthPrefixed } from './additional-data.ts';
import { BUCKET_BYTES, padToBucket, withoutPadding } from './padding.ts';
import { IV_BYTES, openBytes, sealBytes, TAG_BYTES } from './primitives.ts';
import { sealBroken } from './seal-error.ts';

/*
 * Stored format, final:  0x01 | key version u16 BE | iv 12 | ciphertext | tag 16
 * AES-256-GCM. Plaintext: canonical JSON (RFC 8785) as UTF-8, padded to buckets of 256 bytes (`padding.ts`).
 */

/** Where a document lives. All of it is authenticated: a ciphertext that was moved or rolled back does not open. */
export type SealContext = {
  table: string;
  rowId: string;
  caseId: string;
  compartment: string;
  /** 1 … 65535, stored in the clear before the ciphertext. */
  keyVersion: number;
  /** Grows with every write of the row. */
  revision: number;
};

const FORMAT_BYTE = 1;
const FORMAT_NAME = 'hien-document-v1';
const HEADER_BYTES = 3;
const ENVELOPE_BYTES = HEADER_BYTES + IV_BYTES + TAG_BYTES;

/**
 * Seals a document under a 32-byte secret key. Throws TypeError for what JSON cannot hold, RangeError for an incomplete
 * context or a key of another size.
 */
export function sealDocument(key: KeyObject, context: SealContext, document: unknown): Buffer {
  const additionalData = describe(context);
  const json = Buffer.from(canonicalJson(document), 'utf8');
  const plaintext = padToBucket(json);
  try {
    return Buffer.concat([header(context.keyVersion), sealBytes(key, additionalData, plaintext)]);
  } finally {
    json.fill(0);
    plaintext.fill(0);
  }
}

/** The document again. Throws SealError('SEAL_BROKEN') on anything wrong. */
export function openDocument(key: KeyObject, context: SealContext, sealed: Buffer): unknown {
  try {
    return open(key, context, sealed);
  } catch (cause) {
    throw sealBroken(cause);
  }
}

function open(key: KeyObject, context: SealContext, sealed: Buffer): unknown {
  requireShape(context, sealed);
  const padded = openBytes(key, describe(context), sealed.subarray(HEADER_BYTES));
  try {
    return parse(withoutPadding(padded));
  } finally {
    padded.fill(0);
  }
}

function requireShape(context: SealContext, sealed: Buffer): void {
  const contentBytes = sealed.length - ENVELOPE_BYTES;
  if (contentBytes < BUCKET_BYTES || contentBytes % BUCKET_BYTES !== 0) throw sealBroken();
  if (!sealed.subarray(0, HEADER_BYTES).equals(header(context.keyVersion))) throw sealBroken();
}

function parse(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    // A parser's message quotes the text it stumbled over: it must not travel on as a cause.
    throw sealBroken();
  }
}

function header(keyVersion: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt8(FORMAT_BYTE, 0);
  bytes.writeUInt16BE(keyVersion, 1);
  return bytes;
}

function describe(context: SealContext): Buffer {
  const { table, rowId, caseId, compartment, keyVersion, revision } = context;
  const isNamed = table !== '' && rowId !== '' && caseId !== '' && compartment !== '';
  if (!isNamed || keyVersion < 1 || revision < 0) throw new RangeError('incomplete seal context');
  return lengthPrefixed([FORMAT_NAME, table, rowId, caseId, compartment, keyVersion, revision]);
}
