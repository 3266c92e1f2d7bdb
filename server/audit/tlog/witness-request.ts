import { fromDecimal, fromUtf8, requireSize } from './encoding.ts';
import { formatHashLines, parseHashLines } from './hash-lines.ts';
import { MAX_NOTE_BYTES } from './note.ts';
import { refusingAs, TlogError } from './tlog-error.ts';

/* The body of `POST <witness>/add-checkpoint`: C2SP tlog-witness. */

const OLD = 'old ';
/** `old`, at most 63 lines of 45 characters, an empty line, and the largest note. */
export const MAX_REQUEST_BYTES = MAX_NOTE_BYTES + 4 * 1024;

/** `oldSize`: the size the witness cosigned last; `proof`: from there to the checkpoint; `checkpoint`: the note, word for word. */
export type AddCheckpoint = { oldSize: number; proof: readonly Buffer[]; checkpoint: string };

/** Throws TlogError NUMBER_FORMAT, PROOF_LENGTH, HASH_LENGTH. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `${OLD}${requireSize(oldSize)}\n${formatHashLines(proof)}\n${checkpoint}`;
}

/** Throws TlogError REQUEST_FORMAT. The checkpoint in it is not parsed yet. */
export function parseAddCheckpoint(bytes: Uint8Array): AddCheckpoint {
  if (bytes.length > MAX_REQUEST_BYTES) throw new TlogError('REQUEST_FORMAT');
  const whole = fromUtf8(bytes, 'REQUEST_FORMAT');
  const end = whole.indexOf('\n\n');
  const [old, ...lines] = whole.slice(0, Math.max(end, 0)).split('\n');
  if (!old?.startsWith(OLD)) throw new TlogError('REQUEST_FORMAT');
  return refusingAs('REQUEST_FORMAT', () => ({
    oldSize: fromDecimal(old.slice(OLD.length)),
    proof: parseHashLines(lines),
    checkpoint: whole.slice(end + 2),
  }));
}
