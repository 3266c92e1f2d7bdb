import { openCheckpoint, type Checkpoint, type TrustedLog } from './checkpoint.ts';
import { fromBase64, fromDecimal, fromUtf8, requireSize, toBase64 } from './encoding.ts';
import { formatHashLines, parseHashLines } from './hash-lines.ts';
import { MAX_NOTE_BYTES, parseNote, type Note } from './note.ts';
import { refusingAs, TlogError } from './tlog-error.ts';
import { verifyInclusion } from './verify-merkle.ts';

/* Proofs that need no network: C2SP tlog-proof. */

const HEADER = 'c2sp.org/tlog-proof@v1';
const EXTRA = 'extra ';
const INDEX = 'index ';
/** `extra` is for a few identifiers; the checkpoint may be as large as a note. */
const MAX_PROOF_BYTES = MAX_NOTE_BYTES + 64 * 1024;

/**
 * That the entry `index` stands in the tree of a checkpoint. `extra`: bytes nobody has signed, null without;
 * `path`: from the leaf's sibling to the child of the root; `checkpoint`: the note of the log, word for word.
 */
export type TlogProof = { extra: Buffer | null; index: number; path: readonly Buffer[]; checkpoint: string };

/** Throws TlogError PROOF_FORMAT, NUMBER_FORMAT, PROOF_LENGTH, HASH_LENGTH. */
export function formatProof({ extra, index, path, checkpoint }: TlogProof): string {
  if (extra?.length === 0) throw new TlogError('PROOF_FORMAT');
  const extraLine = extra === null ? '' : `${EXTRA}${toBase64(extra)}\n`;
  return `${HEADER}\n${extraLine}${INDEX}${requireSize(index)}\n${formatHashLines(path)}\n${checkpoint}`;
}

/** Reads a proof file; nothing in it is true before `verifyProof`. Throws TlogError PROOF_FORMAT. */
export function parseProof(bytes: Uint8Array): TlogProof {
  if (bytes.length > MAX_PROOF_BYTES) throw new TlogError('PROOF_FORMAT');
  const whole = fromUtf8(bytes, 'PROOF_FORMAT');
  const end = whole.indexOf('\n\n');
  const [header, ...lines] = whole.slice(0, Math.max(end, 0)).split('\n');
  if (header !== HEADER) throw new TlogError('PROOF_FORMAT');
  const extra = lines[0]?.startsWith(EXTRA) ? lines.shift() : undefined;
  const index = lines.shift();
  return refusingAs('PROOF_FORMAT', () => ({
    extra: extra === undefined ? null : parseExtra(extra),
    index: parseIndex(index),
    path: parseHashLines(lines),
    checkpoint: whole.slice(end + 2),
  }));
}

/**
 * The signed checkpoint that contains the leaf with this hash. Whether enough witnesses have cosigned it is for `quorumOf`,
 * with the note that comes back. Throws TlogError as `parseNote`, `openCheckpoint` and `verifyInclusion` do.
 */
export function verifyProof(proof: TlogProof, leaf: Buffer, log: TrustedLog): { note: Note; checkpoint: Checkpoint } {
  const note = parseNote(Buffer.from(proof.checkpoint, 'utf8'));
  const checkpoint = openCheckpoint(note, log);
  verifyInclusion({ index: proof.index, leaf }, proof.path, checkpoint);
  return { note, checkpoint };
}

function parseExtra(line: string): Buffer {
  const extra = fromBase64(line.slice(EXTRA.length));
  // Without extra data the line is left out.
  if (extra.length === 0) throw new TlogError('PROOF_FORMAT');
  return extra;
}

function parseIndex(line: string | undefined): number {
  if (!line?.startsWith(INDEX)) throw new TlogError('PROOF_FORMAT');
  return fromDecimal(line.slice(INDEX.length));
}
