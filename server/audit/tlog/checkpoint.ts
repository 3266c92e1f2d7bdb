import { fromBase64, fromDecimal, requireSize, toBase64 } from './encoding.ts';
import { requireHash, type TreeHead } from './merkle.ts';
import { requireNoteText, type Note, type NoteVerifier, verifyNote } from './note.ts';
import { refusingAs, TlogError } from './tlog-error.ts';

/** The head of a log's tree (C2SP tlog-checkpoint). `extensions`: opaque lines; ours has none. */
export type Checkpoint = TreeHead & { origin: string; extensions: readonly string[] };

/** A log that somebody trusts: its origin and the keys it may sign checkpoints with. */
export type TrustedLog = { origin: string; verifiers: readonly NoteVerifier[] };

/** The text of the note. Throws TlogError CHECKPOINT_FORMAT, HASH_LENGTH, NUMBER_FORMAT. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const lines = [origin, String(requireSize(size)), toBase64(requireHash(root)), ...extensions];
  if (!lines.every((line) => line !== '' && !line.includes('\n'))) throw new TlogError('CHECKPOINT_FORMAT');
  return refusingAs('CHECKPOINT_FORMAT', () => requireNoteText(`${lines.join('\n')}\n`));
}

/** What a note's text says; whether it is true is for `openCheckpoint`. Throws TlogError CHECKPOINT_FORMAT. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...rest] = text.split('\n');
  const extensions = rest.slice(0, -1);
  const isComplete = rest.at(-1) === '' && origin !== '' && !extensions.includes('');
  if (origin === undefined || size === undefined || root === undefined || !isComplete)
    throw new TlogError('CHECKPOINT_FORMAT');
  return refusingAs('CHECKPOINT_FORMAT', () => {
    requireNoteText(text);
    return { origin, size: fromDecimal(size), root: requireHash(fromBase64(root)), extensions };
  });
}

/**
 * The checkpoint of a note that its log has signed. Throws TlogError CHECKPOINT_FORMAT, ORIGIN_UNKNOWN when it is another
 * log's, SIGNATURE_MISSING, SIGNATURE_INVALID.
 */
export function openCheckpoint(note: Note, log: TrustedLog): Checkpoint {
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== log.origin) throw new TlogError('ORIGIN_UNKNOWN');
  verifyNote(note, log.verifiers);
  return checkpoint;
}
