import { sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64, fromUtf8, toBase64 } from './encoding.ts';
import { refusingAs, TlogError } from './tlog-error.ts';
import { ed25519BytesOf, ed25519KeyOf, isKeyName, keyIdOf, requireKeyName, SIGNATURE_TYPE } from './vkey.ts';
import type { VerifierKey } from './vkey.ts';

/* Signed notes: C2SP signed-note. */

/** One signature line: who says to have signed, with which key, and the signature's bytes without the key id. */
export type NoteSignature = { name: string; id: number; bytes: Buffer };

/** A note as it was written: nothing in it is true before `verifyNote` says so. */
export type Note = { text: string; signatures: readonly NoteSignature[] };

/** Knows one key and the rules of its type. Name and id together mean the key. */
export type NoteVerifier = {
  name: string;
  id: number;
  isSignatureOf(text: string, signature: Buffer): boolean;
};

/** Above the 16 signatures of 5 kB that every verifier must take. */
export const MAX_NOTE_BYTES = 256 * 1024;
export const MAX_SIGNATURES = 64;
const ID_BYTES = 4;
const LINE_START = '\u2014 ';
const CONTROL_CHARACTER = /[\u0000-\u0009\u000b-\u001f]/;

/** Throws TlogError NOTE_FORMAT or NOTE_TOO_LARGE. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > MAX_NOTE_BYTES) throw new TlogError('NOTE_TOO_LARGE');
  const whole = fromUtf8(bytes, 'NOTE_FORMAT');
  // The last empty line parts text and signatures; the text may have empty lines of its own.
  const end = whole.lastIndexOf('\n\n') + 1;
  if (end === 0 || CONTROL_CHARACTER.test(whole)) throw new TlogError('NOTE_FORMAT');
  return { text: whole.slice(0, end), signatures: parseSignatureLines(whole.slice(end + 1)) };
}

/** One or more signature lines, as they stand below a note and as a witness answers them. Throws TlogError NOTE_FORMAT or NOTE_TOO_LARGE. */
export function parseSignatureLines(lines: string): NoteSignature[] {
  const [last, ...reversed] = lines.split('\n').reverse();
  if (last !== '' || reversed.length === 0) throw new TlogError('NOTE_FORMAT');
  if (reversed.length > MAX_SIGNATURES) throw new TlogError('NOTE_TOO_LARGE');
  return reversed.reverse().map(parseLine);
}

/** The whole note. Throws TlogError NOTE_FORMAT for a text that no note can carry, and for one without signatures. */
export function formatNote({ text, signatures }: Note): string {
  requireNoteText(text);
  if (signatures.length === 0) throw new TlogError('NOTE_FORMAT');
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

/** One signature line with its newline. Throws TlogError KEY_NAME. */
export function signatureLine({ name, id, bytes }: NoteSignature): string {
  const idBytes = Buffer.alloc(ID_BYTES);
  idBytes.writeUInt32BE(id);
  return `${LINE_START}${requireKeyName(name)} ${toBase64(Buffer.concat([idBytes, bytes]))}\n`;
}

/** Throws TlogError NOTE_FORMAT unless the text ends with a newline, is Unicode and has no other control character. */
export function requireNoteText(text: string): string {
  if (!text.endsWith('\n') || !text.isWellFormed() || CONTROL_CHARACTER.test(text)) throw new TlogError('NOTE_FORMAT');
  return text;
}

/** An Ed25519 signature (RFC 8032) over the text, by the key of type 0x01 with this name. */
export function signNote(text: string, by: { name: string; privateKey: KeyObject }): NoteSignature {
  const key = { name: by.name, type: SIGNATURE_TYPE.ed25519, publicKey: ed25519BytesOf(by.privateKey) };
  const bytes = sign(null, Buffer.from(requireNoteText(text), 'utf8'), by.privateKey);
  return { name: by.name, id: keyIdOf(key), bytes };
}

/** Checks signatures of type 0x01. Throws TlogError KEY_UNSUPPORTED for a key of another type. */
export function ed25519Verifier(key: VerifierKey): NoteVerifier {
  if (key.type !== SIGNATURE_TYPE.ed25519) throw new TlogError('KEY_UNSUPPORTED');
  const publicKey = ed25519KeyOf(key.publicKey);
  return {
    name: key.name,
    id: keyIdOf(key),
    isSignatureOf: (text, signature) => verify(null, Buffer.from(text, 'utf8'), publicKey, signature),
  };
}

/**
 * The signatures of the keys we know, in the note's order; those of other keys are ignored. A key that signed twice must have
 * signed rightly twice. Throws TlogError SIGNATURE_INVALID when one of them is wrong, SIGNATURE_MISSING when there is none,
 * KEY_AMBIGUOUS when two verifiers share name and id.
 */
export function verifyNote(note: Note, verifiers: readonly NoteVerifier[]): NoteSignature[] {
  requireDistinct(verifiers);
  const known = note.signatures.filter((signature) => {
    const verifier = verifiers.find((each) => isBy(each, signature));
    if (verifier === undefined) return false;
    if (!verifier.isSignatureOf(note.text, signature.bytes)) throw new TlogError('SIGNATURE_INVALID');
    return true;
  });
  if (known.length === 0) throw new TlogError('SIGNATURE_MISSING');
  return known;
}

/** Does the line claim this very key? Name and id must both fit. */
export function isBy(verifier: Pick<NoteVerifier, 'name' | 'id'>, signature: NoteSignature): boolean {
  return verifier.name === signature.name && verifier.id === signature.id;
}

function requireDistinct(verifiers: readonly NoteVerifier[]): void {
  const keys = new Set(verifiers.map(({ name, id }) => `${name}+${id}`));
  if (keys.size !== verifiers.length) throw new TlogError('KEY_AMBIGUOUS');
}

function parseLine(line: string): NoteSignature {
  const [name, signature, ...more] = line.startsWith(LINE_START) ? line.slice(LINE_START.length).split(' ') : [];
  if (name === undefined || signature === undefined || more.length > 0 || !isKeyName(name))
    throw new TlogError('NOTE_FORMAT');
  const bytes = refusingAs('NOTE_FORMAT', () => fromBase64(signature));
  if (bytes.length <= ID_BYTES) throw new TlogError('NOTE_FORMAT');
  return { name, id: bytes.readUInt32BE(), bytes: bytes.subarray(ID_BYTES) };
}
