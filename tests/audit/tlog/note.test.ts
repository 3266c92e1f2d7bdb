import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ed25519Verifier, formatNote, parseNote, signNote, verifyNote } from '../../../server/audit/tlog/note.ts';
import { ed25519BytesOf, formatVkey, keyIdOf, parseVkey, SIGNATURE_TYPE } from '../../../server/audit/tlog/vkey.ts';
import { withByteChanged } from './tree.ts';
import { expectRefused, outcomeOf, vector, vectorsOf } from './vectors.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const name = 'log.example/hien';
const key = { name, type: SIGNATURE_TYPE.ed25519, publicKey: ed25519BytesOf(privateKey) };
const text = 'Sổ kiểm tra\n\n— không phải chữ ký\n';

describe('a signed note', () => {
  const caseOf = vector.extend({
    note: z.string().optional(),
    noteBase64: z.base64().optional(),
    vkeys: z.array(z.string()),
    signers: z.array(z.string()).optional(),
    text: z.string().optional(),
  });

  it.each(vectorsOf('note', caseOf))('%s', (...[, one]) => {
    const bytes = one.note === undefined ? Buffer.from(one.noteBase64 ?? '', 'base64') : Buffer.from(one.note);
    const open = () => {
      const note = parseNote(bytes);
      const signers = verifyNote(note, one.vkeys.map(parseVkey).map(ed25519Verifier)).map((signer) => signer.name);
      return { note, signers };
    };
    expect(outcomeOf(open)).toBe(one.expect);
    if (one.expect !== 'ok') return;
    expect(open()).toMatchObject({ note: { text: one.text }, signers: one.signers });
    expect(formatNote(open().note)).toBe(one.note);
  });

  it('is read and proved as it was signed', () => {
    const signature = signNote(text, { name, privateKey });
    const note = parseNote(Buffer.from(formatNote({ text, signatures: [signature] })));
    expect(note).toEqual({ text, signatures: [signature] });
    expect(verifyNote(note, [ed25519Verifier(key)])).toEqual([signature]);
  });

  it('is refused whichever of its bytes is changed, or is still the same text by the same key', () => {
    const bytes = Buffer.from(formatNote({ text, signatures: [signNote(text, { name, privateKey })] }));
    for (let at = 0; at < bytes.length; at += 1)
      for (const by of [1, 2, 32, 128])
        expectRefused(
          () => verifyNote(parseNote(withByteChanged(bytes, at, by)), [ed25519Verifier(key)]),
          `byte ${at}`,
        );
  });

  it('is refused whichever of its bytes is missing, and wherever it is cut', () => {
    const bytes = Buffer.from(formatNote({ text, signatures: [signNote(text, { name, privateKey })] }));
    for (let at = 0; at < bytes.length; at += 1) {
      const without = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      expectRefused(() => verifyNote(parseNote(without), [ed25519Verifier(key)]), `without byte ${at}`);
      expectRefused(() => verifyNote(parseNote(bytes.subarray(0, at)), [ed25519Verifier(key)]), `cut at ${at}`);
    }
  });

  it('is neither signed nor written with a text that no note can carry', () => {
    for (const wrong of ['', 'a', 'a\r\n', '\t\n', '\u0000\n', '\ud800\n']) {
      expect(outcomeOf(() => signNote(wrong, { name, privateKey }))).toBe('NOTE_FORMAT');
      expect(outcomeOf(() => formatNote({ text: wrong, signatures: [signNote(text, { name, privateKey })] }))).toBe(
        'NOTE_FORMAT',
      );
    }
    expect(outcomeOf(() => formatNote({ text, signatures: [] }))).toBe('NOTE_FORMAT');
    expect(outcomeOf(() => signNote(text, { name: 'a b', privateKey }))).toBe('KEY_NAME');
  });

  it('is refused unread when it is larger than any note', () => {
    expect(outcomeOf(() => parseNote(Buffer.alloc(256 * 1024 + 1, 'a')))).toBe('NOTE_TOO_LARGE');
  });

  it('is signed by Ed25519 keys alone', () => {
    const other = generateKeyPairSync('x25519').privateKey;
    expect(outcomeOf(() => signNote(text, { name, privateKey: other }))).toBe('KEY_UNSUPPORTED');
    expect(outcomeOf(() => ed25519Verifier({ ...key, type: SIGNATURE_TYPE.cosignature }))).toBe('KEY_UNSUPPORTED');
  });
});

describe('a verifier key', () => {
  const caseOf = vector.extend({
    vkey: z.string(),
    name: z.string().optional(),
    id: z.string().optional(),
    type: z.number().optional(),
  });

  it.each(vectorsOf('vkey', caseOf))('%s', (...[, one]) => {
    expect(outcomeOf(() => parseVkey(one.vkey))).toBe(one.expect);
    if (one.expect !== 'ok') return;
    const read = parseVkey(one.vkey);
    expect(read).toMatchObject({ name: one.name, type: one.type });
    expect(keyIdOf(read).toString(16).padStart(8, '0')).toBe(one.id);
    expect(formatVkey(read)).toBe(one.vkey);
  });

  it('is refused whichever of its characters is changed, missing or doubled', () => {
    const vkey = formatVkey(key);
    expect(parseVkey(vkey)).toEqual(key);
    for (let at = 0; at < vkey.length; at += 1) {
      for (const other of ['A', 'a', '0', '+', '/', '=', ' ', 'ạ', '\n'].filter((each) => each !== vkey[at]))
        expectRefused(() => parseVkey(vkey.slice(0, at) + other + vkey.slice(at + 1)), `${other} at ${at}`);
      expectRefused(() => parseVkey(vkey.slice(0, at) + vkey.slice(at + 1)), `without ${at}`);
      expectRefused(() => parseVkey(vkey.slice(0, at + 1) + vkey.slice(at)), `doubled ${at}`);
    }
  });
});
