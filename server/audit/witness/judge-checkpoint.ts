import { parseCheckpoint, type Checkpoint, type TrustedLog } from '../tlog/checkpoint.ts';
import { EMPTY_ROOT, sameHash, type TreeHead } from '../tlog/merkle.ts';
import { parseNote, verifyNote, type Note } from '../tlog/note.ts';
import { TlogError, type TlogErrorCode } from '../tlog/tlog-error.ts';
import { verifyConsistency } from '../tlog/verify-merkle.ts';
import { parseAddCheckpoint } from '../tlog/witness-request.ts';

/**
 * `accepted`: `note` has the log's own signatures and no stranger's. `conflict`: the size that was cosigned last.
 * `forked`: the log has signed two roots of one size, which only its key can do. `refused`: the status that tlog-witness wants;
 * 422 without a fork may be anybody's, with a checkpoint that everybody can read and a proof that proves nothing.
 */
export type Verdict =
  | { kind: 'accepted'; checkpoint: Checkpoint; note: Note }
  | { kind: 'conflict'; size: number }
  | { kind: 'forked'; note: Note }
  | { kind: 'refused'; status: 400 | 403 | 404 | 422 };

const NOTHING_YET: TreeHead = { size: 0, root: EMPTY_ROOT };

/** What is no fault of the form. */
const STATUS: Readonly<Partial<Record<TlogErrorCode, 403 | 404 | 422>>> = {
  ORIGIN_UNKNOWN: 404,
  SIGNATURE_MISSING: 403,
  SIGNATURE_INVALID: 403,
  PROOF_LENGTH: 422,
  PROOF_MISMATCH: 422,
};

/** The logs a witness trusts, and the head that it cosigned last for an origin. */
type Memory = { logs: readonly TrustedLog[]; latest: (origin: string) => TreeHead | undefined };

/**
 * The rules of `add-checkpoint` (C2SP tlog-witness), in their order.
 * Pure: whoever accepts must write down the new head before it answers.
 */
export function judgeCheckpoint(body: Uint8Array, by: Memory): Verdict {
  try {
    return judge(body, by);
  } catch (error) {
    if (error instanceof TlogError) return { kind: 'refused', status: STATUS[error.code] ?? 400 };
    throw error;
  }
}

function judge(body: Uint8Array, { logs, latest }: Memory): Verdict {
  const request = parseAddCheckpoint(body);
  const note = parseNote(Buffer.from(request.checkpoint, 'utf8'));
  const checkpoint = parseCheckpoint(note.text);
  const log = logs.find(({ origin }) => origin === checkpoint.origin);
  if (log === undefined) throw new TlogError('ORIGIN_UNKNOWN');
  const signed = { text: note.text, signatures: verifyNote(note, log.verifiers) };
  if (request.oldSize > checkpoint.size) throw new TlogError('INDEX_RANGE');
  const last = latest(checkpoint.origin) ?? NOTHING_YET;
  if (request.oldSize !== last.size) return { kind: 'conflict', size: last.size };
  if (isFork(last, checkpoint)) return { kind: 'forked', note: signed };
  verifyConsistency(last, request.proof, checkpoint);
  return { kind: 'accepted', checkpoint, note: signed };
}

function isFork(last: TreeHead, next: TreeHead): boolean {
  return last.size > 0 && last.size === next.size && !sameHash(last.root, next.root);
}
