import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
// Signed notes, checkpoints and cosignatures, for checking only (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

/** Types of keys: Ed25519 over the note, and over the note with a time. */
export const LOG = 0x01;
export const WITNESS = 0x04;
export type Vkey = { name: string; id: string; type: number; raw: string; key: KeyObject };
type Line = { name: string; id: string; signature: Buffer };
export type Checkpoint = { origin: string; size: number; root: Buffer; text: string; lines: readonly Line[] };
export type Standing = { fault: 'SIGNATURE_BAD' | 'SIGNATURE_MISSING' | null; seconds: number };
/** The year 10000: a time after it is as bad as a false signature. */
const BEYOND_TIME = 253_402_300_800n;

/** `<name>+<key id in hex>+<base64 of type and Ed25519 key>`. @throws Error for whatever is not exactly that */
export function readVkey(vkey: string, type: typeof LOG | typeof WITNESS): Vkey {
  const [name, id, base64] = parts(/^([^\p{White_Space}+]+)\+([0-9a-f]{8})\+(\S+)$/u, vkey);
  const bytes = decoded(base64);
  const ownId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes])).slice(0, 8);
  if (bytes.length !== 33 || bytes[0] !== type || id !== ownId) throw new Error(`vkey: ${vkey}`);
  const raw = bytes.toString('base64url', 1);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
  return { name, id, type, raw, key };
}

/** A signed note that is a checkpoint; null when it is not well formed. Says nothing about its signatures. */
export function readCheckpoint(bytes: Buffer): Checkpoint | null {
  const whole = bytes.toString('utf8');
  // The only control character in a note is the line feed; the last empty line parts text and signatures.
  const isPlain = !/[\0-\x09\x0b-\x1f]|[^\n]$/.test(whole) && Buffer.from(whole).equals(bytes);
  const end = isPlain ? whole.lastIndexOf('\n\n') : -1;
  const [text, rest] = [whole.slice(0, end + 1), whole.slice(end + 2, -1)];
  const [origin, size, base64] = parts(/^([^\n]+)\n(0|[1-9]\d{0,15})\n(\S+)\n(?:[^\n]+\n)*$/, text);
  const [root, lines] = [decoded(base64), rest.split('\n').map(readLine)];
  const isSound = root.length === 32 && Number.isSafeInteger(Number(size)) && lines.every(({ name }) => name !== '');
  return isSound ? { origin, size: Number(size), root, text, lines } : null;
}

function readLine(line: string): Line {
  const [name, base64] = parts(/^— ([^\p{White_Space}+]+) (\S+)$/u, line);
  const bytes = decoded(base64);
  return { name: bytes.length > 4 ? name : '', id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) };
}

/** Whether a key signed it, and a witness when. One false signature of a known key spoils what stands beside it. */
export function standingOf({ text, lines }: Checkpoint, { name, id, type, key }: Vkey): Standing {
  const own = lines.filter((line) => line.name === name && line.id === id);
  const times = own.map(({ signature }) => {
    const seconds = type === LOG ? 0n : signature.length < 8 ? BEYOND_TIME : signature.readBigUInt64BE(0);
    const message = Buffer.from(type === LOG ? text : `cosignature/v1\ntime ${seconds}\n${text}`);
    return verify(null, message, key, signature.subarray(type === LOG ? 0 : 8)) ? seconds : BEYOND_TIME;
  });
  const fault = times.every((seconds) => seconds < BEYOND_TIME) ? null : 'SIGNATURE_BAD';
  return { fault: own.length === 0 ? 'SIGNATURE_MISSING' : fault, seconds: Math.max(0, ...times.map(Number)) };
}

/** Base64 in its one form; no bytes for anything that would not come out the same again. */
function decoded(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : Buffer.alloc(0);
}

function parts(pattern: RegExp, text: string): [string, string, string] {
  const [, first, second, third] = pattern.exec(text) ?? [];
  return [first ?? '', second ?? '', third ?? ''];
}
