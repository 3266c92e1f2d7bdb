import { randomBytes } from 'node:crypto';

/*
 * Stored format, final (inside the sealed keyring file):
 *   0x01 | count u8 | count × ( purpose u8 | version u16 BE | secret 32 )
 * sorted by purpose, then version, none twice, every purpose at least once. The highest version of a purpose makes new
 * things; the lower ones still open and verify old things.
 */

/** The constant handful of master secrets. Purposes are numbered in the file: never renumber. */
export type RingPurpose = 'wrap' | 'vouch' | 'token' | 'root';
export type RingSecret = { purpose: RingPurpose; version: number; secret: Buffer };

const PURPOSES: readonly RingPurpose[] = ['wrap', 'vouch', 'token', 'root'];
const FORMAT_BYTE = 1;
const HEADER_BYTES = 2;
const SECRET_BYTES = 32;
const ENTRY_BYTES = 3 + SECRET_BYTES;

/** Fresh secrets, version 1 of each purpose; the caller's to wipe. */
export function generateRingSecrets(): readonly RingSecret[] {
  return PURPOSES.map((purpose) => ({ purpose, version: 1, secret: randomBytes(SECRET_BYTES) }));
}

/** Purposes that get newer versions; `root` never does. */
const RENEWED: readonly RingPurpose[] = ['wrap', 'vouch', 'token'];

/**
 * The same with a newer version of each purpose but `root` beside the one in use; versions of tokens before that are left
 * out, because no token lives that long. The fresh secrets are the caller's to wipe; the others are the same buffers.
 */
export function renewedRing(secrets: readonly RingSecret[]): readonly RingSecret[] {
  return PURPOSES.flatMap((purpose) => {
    const own = secrets.filter((one) => one.purpose === purpose);
    const version = newestVersion(secrets, purpose);
    if (!RENEWED.includes(purpose)) return own;
    const kept = purpose === 'token' ? own.filter((one) => one.version === version) : own;
    return [...kept, { purpose, version: version + 1, secret: randomBytes(SECRET_BYTES) }];
  });
}

/** What remains once nothing is wrapped or vouched for by older versions; the last token's version stays beside the new one. */
export function withoutOld(secrets: readonly RingSecret[]): readonly RingSecret[] {
  return secrets.filter(({ purpose, version }) => !isDropped(purpose) || version === newestVersion(secrets, purpose));
}

/** Whether a renewal was begun and not finished. */
export function isUnderway(secrets: readonly RingSecret[]): boolean {
  return secrets.filter(({ purpose }) => isDropped(purpose)).length > 2;
}

export function newestVersion(secrets: readonly RingSecret[], purpose: RingPurpose): number {
  return Math.max(...secrets.filter((one) => one.purpose === purpose).map(({ version }) => version));
}

function isDropped(purpose: RingPurpose): boolean {
  return purpose === 'wrap' || purpose === 'vouch';
}

export function encodeRingSecrets(secrets: readonly RingSecret[]): Buffer {
  const encoded = Buffer.alloc(HEADER_BYTES + secrets.length * ENTRY_BYTES);
  encoded.writeUInt8(FORMAT_BYTE, 0);
  encoded.writeUInt8(secrets.length, 1);
  secrets.forEach(({ purpose, version, secret }, index) => {
    const offset = HEADER_BYTES + index * ENTRY_BYTES;
    encoded.writeUInt8(PURPOSES.indexOf(purpose) + 1, offset);
    encoded.writeUInt16BE(version, offset + 1);
    secret.copy(encoded, offset + 3);
  });
  return encoded;
}

/** Copies of the secrets; `undefined` for anything that is not exactly the format. */
export function decodeRingSecrets(encoded: Buffer): readonly RingSecret[] | undefined {
  if (encoded.length < HEADER_BYTES || encoded.readUInt8(0) !== FORMAT_BYTE) return undefined;
  const count = encoded.readUInt8(1);
  if (encoded.length !== HEADER_BYTES + count * ENTRY_BYTES) return undefined;
  const secrets = Array.from({ length: count }, (_, index) => readSecret(encoded, HEADER_BYTES + index * ENTRY_BYTES));
  if (isComplete(secrets)) return secrets.filter(isKnown);
  wipeRingSecrets(secrets);
  return undefined;
}

export function wipeRingSecrets(secrets: readonly { secret: Buffer }[]): void {
  for (const { secret } of secrets) secret.fill(0);
}

type ReadSecret = { purpose: RingPurpose | undefined; version: number; secret: Buffer };

function readSecret(encoded: Buffer, offset: number): ReadSecret {
  return {
    purpose: PURPOSES[encoded.readUInt8(offset) - 1],
    version: encoded.readUInt16BE(offset + 1),
    secret: Buffer.from(encoded.subarray(offset + 3, offset + ENTRY_BYTES)),
  };
}

function isComplete(secrets: readonly ReadSecret[]): boolean {
  const hasEveryPurpose = PURPOSES.every((purpose) => secrets.some((one) => one.purpose === purpose));
  const isSorted = secrets.every((one, index) => rank(secrets[index - 1]) < rank(one));
  return hasEveryPurpose && isSorted && secrets.every((one) => isKnown(one) && one.version >= 1);
}

function isKnown(one: ReadSecret): one is RingSecret {
  return one.purpose !== undefined;
}

function rank(one: ReadSecret | undefined): number {
  if (one?.purpose === undefined) return -1;
  return PURPOSES.indexOf(one.purpose) * 0x10000 + one.version;
}
