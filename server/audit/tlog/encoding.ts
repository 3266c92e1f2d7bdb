import { TlogError, type TlogErrorCode } from './tlog-error.ts';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;
// ignoreBOM keeps a leading U+FEFF in the text, where it is signed like everything else.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The bytes of a base64 text (RFC 4648 §4). Only the one canonical spelling is taken: padding present, unused bits zero,
 * so that no changed character goes unnoticed. Throws TlogError BASE64_FORMAT.
 */
export function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (!BASE64.test(text) || bytes.toString('base64') !== text) throw new TlogError('BASE64_FORMAT');
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * A size or an index: ASCII digits without leading zeroes. The specifications allow 64 bits; this log, which will hold
 * millions of entries and not quadrillions, takes what a number holds exactly (below 2^53). Throws TlogError NUMBER_FORMAT.
 */
export function fromDecimal(text: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new TlogError('NUMBER_FORMAT');
  return value;
}

/** Throws TlogError NUMBER_FORMAT for what is no size: negative, broken, or 2^53 and above. */
export function requireSize(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new TlogError('NUMBER_FORMAT');
  return value;
}

/** The text of bytes that must be UTF-8; `code` says what is malformed otherwise. */
export function fromUtf8(bytes: Uint8Array, code: TlogErrorCode): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new TlogError(code);
  }
}
