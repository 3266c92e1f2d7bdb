import type { KeyObject } from 'node:crypto';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, type Checkpoint } from './tlog/checkpoint.ts';
import type { TreeHead } from './tlog/merkle.ts';
import { ed25519Verifier, formatNote, parseNote, signNote } from './tlog/note.ts';
import { ed25519BytesOf, formatVkey, SIGNATURE_TYPE, type VerifierKey } from './tlog/vkey.ts';

/** The log's Ed25519 key pair, of the custodian; wired by the composition root. Its name is the log's origin. */
export type LogKey = { privateKey: KeyObject; publicKey: KeyObject };

/** What auditors and witnesses are given to know the log by: C2SP signed-note verifier key. */
export function vkeyOf(key: Pick<LogKey, 'publicKey'>, origin: string): string {
  return formatVkey(verifierKeyOf(key, origin));
}

/** A checkpoint (C2SP tlog-checkpoint) with the log's signature. */
export function signHead(key: LogKey, origin: string, head: TreeHead): string {
  const text = formatCheckpoint({ origin, ...head, extensions: [] });
  return formatNote({ text, signatures: [signNote(text, { name: origin, privateKey: key.privateKey })] });
}

/** Reads what this log signed. Throws TlogError for anything else, ORIGIN_UNKNOWN for what another log signed. */
export function openHead(key: Pick<LogKey, 'publicKey'>, origin: string, note: string): Checkpoint {
  const verifiers = [ed25519Verifier(verifierKeyOf(key, origin))];
  return openCheckpoint(parseNote(Buffer.from(note, 'utf8')), { origin, verifiers });
}

/** Which log a note says to be of; whether it is signed at all is for `openHead`. Throws TlogError for what is no checkpoint. */
export function originOfNote(note: string): string {
  return parseCheckpoint(parseNote(Buffer.from(note, 'utf8')).text).origin;
}

function verifierKeyOf({ publicKey }: Pick<LogKey, 'publicKey'>, origin: string): VerifierKey {
  return { name: origin, type: SIGNATURE_TYPE.ed25519, publicKey: ed25519BytesOf(publicKey) };
}
