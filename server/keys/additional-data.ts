const TEXT = 1;
const NUMBER = 2;
const BYTES = 3;

/**
 * Parts joined so that no two lists give the same bytes: per part a type tag (1 text, 2 number, 3 bytes), the length as
 * u32 big endian, then UTF-8, a signed 64-bit big-endian integer, or the bytes.
 * Throws TypeError for text with lone surrogates (UTF-8 would merge them) and for numbers that are not safe integers.
 */
export function lengthPrefixed(parts: readonly (string | number | Buffer)[]): Buffer {
  return Buffer.concat(parts.flatMap(tagged));
}

function tagged(part: string | number | Buffer): readonly [Buffer, Buffer] {
  if (typeof part === 'string') return withPrefix(TEXT, utf8(part));
  if (typeof part === 'number') return withPrefix(NUMBER, integer(part));
  if (!Buffer.isBuffer(part)) throw new TypeError('a part must be text, a number or a buffer');
  return withPrefix(BYTES, part);
}

function withPrefix(tag: number, bytes: Buffer): readonly [Buffer, Buffer] {
  const prefix = Buffer.allocUnsafe(5);
  prefix.writeUInt8(tag, 0);
  prefix.writeUInt32BE(bytes.length, 1);
  return [prefix, bytes];
}

function utf8(text: string): Buffer {
  if (!text.isWellFormed()) throw new TypeError('text with a lone surrogate');
  return Buffer.from(text, 'utf8');
}

function integer(value: number): Buffer {
  if (!Number.isSafeInteger(value)) throw new TypeError('a number must be a safe integer');
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
