import { sealBroken } from './seal-error.ts';

/*
 * Stored format, final (inside the sealed bundle of a grant):
 *   0x01 | count u16 BE | count × ( name length u8 | name ASCII | version u16 BE | key 32 )
 * sorted by name, then version, none twice: one bundle has one encoding.
 */

export type DataKeyBundle = readonly { compartment: string; version: number; key: Buffer }[];
type Entry = DataKeyBundle[number];

const FORMAT_BYTE = 1;
const HEADER_BYTES = 3;
const KEY_BYTES = 32;
const VERSION_BYTES = 2;
const MAX_VERSION = 0xffff;
const MAX_ENTRIES = 0xffff;
const COMPARTMENT = /^[a-z][a-z0-9_]{0,31}$/;

/** Throws RangeError for an empty bundle, a key twice, a malformed compartment name, version or key. */
export function encodeBundle(bundle: DataKeyBundle): Buffer {
  const sorted = [...bundle].sort(compare);
  if (sorted.length === 0 || sorted.length > MAX_ENTRIES) throw new RangeError('a bundle holds 1 to 65535 keys');
  sorted.forEach((entry, index) => requireEntry(entry, sorted[index - 1]));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT_BYTE, 0);
  header.writeUInt16BE(sorted.length, 1);
  return Buffer.concat([header, ...sorted.flatMap(entryParts)]);
}

/** Copies of the keys, so that `encoded` can be wiped. Throws SealError for anything `encodeBundle` would not write. */
export function decodeBundle(encoded: Buffer): DataKeyBundle {
  if (encoded.length < HEADER_BYTES || encoded.readUInt8(0) !== FORMAT_BYTE) throw sealBroken();
  const count = encoded.readUInt16BE(1);
  const entries: Entry[] = [];
  let offset = HEADER_BYTES;
  while (entries.length < count) {
    const entry = readEntry(encoded, offset);
    entries.push(entry);
    offset += entryBytes(entry.compartment.length);
  }
  if (offset !== encoded.length) throw sealBroken();
  requireCanonical(entries);
  return entries;
}

export function wipeBundle(bundle: DataKeyBundle): void {
  for (const { key } of bundle) key.fill(0);
}

function entryParts({ compartment, version, key }: Entry): Buffer[] {
  const name = Buffer.from(compartment, 'ascii');
  const versionBytes = Buffer.alloc(VERSION_BYTES);
  versionBytes.writeUInt16BE(version);
  return [Buffer.of(name.length), name, versionBytes, key];
}

function readEntry(encoded: Buffer, offset: number): Entry {
  if (offset >= encoded.length) throw sealBroken();
  const nameBytes = encoded.readUInt8(offset);
  const end = offset + entryBytes(nameBytes);
  if (end > encoded.length) throw sealBroken();
  const versionAt = offset + 1 + nameBytes;
  return {
    // latin1 maps every byte to itself, where ascii would drop the high bit and accept a second encoding.
    compartment: encoded.toString('latin1', offset + 1, versionAt),
    version: encoded.readUInt16BE(versionAt),
    key: Buffer.from(encoded.subarray(end - KEY_BYTES, end)),
  };
}

function requireCanonical(entries: readonly Entry[]): void {
  try {
    if (entries.length === 0) throw new RangeError('a bundle holds at least one key');
    entries.forEach((entry, index) => requireEntry(entry, entries[index - 1]));
  } catch (cause) {
    wipeBundle(entries);
    throw sealBroken(cause);
  }
}

function requireEntry(entry: Entry, previous: Entry | undefined): void {
  if (!COMPARTMENT.test(entry.compartment)) throw new RangeError('malformed compartment name');
  const isVersion = Number.isInteger(entry.version) && entry.version >= 1 && entry.version <= MAX_VERSION;
  if (!isVersion) throw new RangeError('a key version is 1 to 65535');
  if (entry.key.length !== KEY_BYTES) throw new RangeError('a data key has 32 bytes');
  if (previous !== undefined && compare(previous, entry) >= 0) throw new RangeError('a key twice or out of order');
}

function compare(a: Entry, b: Entry): number {
  if (a.compartment === b.compartment) return a.version - b.version;
  return a.compartment < b.compartment ? -1 : 1;
}

function entryBytes(nameBytes: number): number {
  return 1 + nameBytes + VERSION_BYTES + KEY_BYTES;
}
