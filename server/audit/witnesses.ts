import { cosignatureVerifier, cosignedAt } from './tlog/cosignature.ts';
import { fromDecimal } from './tlog/encoding.ts';
import { parseCheckpoint } from './tlog/checkpoint.ts';
import { isBy, parseNote, parseSignatureLines, type NoteSignature } from './tlog/note.ts';
import type { VerifierKey } from './tlog/vkey.ts';
import { formatAddCheckpoint } from './tlog/witness-request.ts';

/** Somebody outside who keeps an eye on our log (C2SP tlog-witness). `url`: its submission prefix, without a slash at the end. */
export type Witness = { name: string; url: string; key: VerifierKey };

/**
 * What came of asking one witness.
 * `ahead`: it has already cosigned a larger tree than ours, so ours was rolled back or forked: an alarm, as `refused` with 422 is.
 * `false`: it answered with something that is no cosignature of this checkpoint, now, by its key.
 */
export type WitnessAnswer = { witness: string } & Outcome;
type Outcome =
  | { outcome: 'cosigned'; signature: NoteSignature; at: number }
  | { outcome: 'refused'; status: number }
  | { outcome: 'ahead'; size: number }
  | { outcome: 'false' }
  | { outcome: 'unreachable' };

export type Collection = {
  /** The checkpoint as its log has signed it. */
  note: string;
  witnesses: readonly Witness[];
  /** The size that a witness acknowledged last, 0 when it is not known: it tells us then. */
  acknowledged: (witness: Witness) => number;
  /** The consistency proof from an older size to that of the note. */
  proofFrom: (oldSize: number) => Promise<readonly Buffer[]>;
  fetch: typeof fetch;
  /** How long one witness may take in all. */
  timeoutMs: number;
  /** Whole seconds since 1970. */
  now: () => number;
  /** Told of each answer the moment it is there: the first cosignatures need not wait for the slowest witness. */
  onAnswer?: (answer: WitnessAnswer) => Promise<void> | void;
};

type Reply = { status: number; type: string | null; body: string };
type Round = Collection & { size: number };

const MAX_REPLY_BYTES = 16 * 1024;
/** Another checkpoint may reach a witness between its answer and our next try; more often than that is no accident. */
const MAX_TRIES = 3;
/** A cosignature says "now": an older one is a repetition, a younger one a wrong clock. */
const MAX_SKEW_SECONDS = 300;

/** Asks every witness at once for its cosignature. The slow, the dead and the lying neither throw nor hold up the others; only `proofFrom` and `onAnswer` may. */
export function collectCosignatures(collection: Collection): Promise<WitnessAnswer[]> {
  const { size } = parseCheckpoint(parseNote(Buffer.from(collection.note, 'utf8')).text);
  const proofFrom = once(collection.proofFrom);
  return Promise.all(
    collection.witnesses.map(async (witness) => {
      const answer = await askWitness({ ...collection, proofFrom, size }, witness);
      await collection.onAnswer?.(answer);
      return answer;
    }),
  );
}

/** Witnesses that stand at the same size share one proof. */
function once(proofFrom: Collection['proofFrom']): Collection['proofFrom'] {
  const proofs = new Map<number, Promise<readonly Buffer[]>>();
  return (oldSize) => {
    const proof = proofs.get(oldSize) ?? proofFrom(oldSize);
    proofs.set(oldSize, proof);
    return proof;
  };
}

async function askWitness(round: Round, witness: Witness): Promise<WitnessAnswer> {
  const signal = AbortSignal.timeout(round.timeoutMs);
  // More than we have cannot be proved from; then the witness tells us.
  let oldSize = Math.min(round.acknowledged(witness), round.size);
  let reply: Reply | null = null;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const body = formatAddCheckpoint({ oldSize, proof: await round.proofFrom(oldSize), checkpoint: round.note });
    reply = await post({ witness, body, signal, fetch: round.fetch });
    const told = reply?.status === 409 ? toldSize(reply) : null;
    if (reply === null || told === null) break;
    if (told > round.size) return { witness: witness.name, outcome: 'ahead', size: told };
    oldSize = told;
  }
  return { witness: witness.name, ...judged(round, witness, reply) };
}

function judged(round: Round, { key }: Witness, reply: Reply | null): Outcome {
  if (reply === null) return { outcome: 'unreachable' };
  if (reply.status !== 200) return { outcome: 'refused', status: reply.status };
  const verifier = cosignatureVerifier(key);
  const { text } = parseNote(Buffer.from(round.note, 'utf8'));
  // Lines of other keys are ignored; of its own, the first that holds is taken.
  const signature = linesOf(reply).find((line) => isBy(verifier, line) && verifier.isSignatureOf(text, line.bytes));
  if (signature === undefined) return { outcome: 'false' };
  const at = cosignedAt(signature);
  return Math.abs(at - round.now()) > MAX_SKEW_SECONDS ? { outcome: 'false' } : { outcome: 'cosigned', signature, at };
}

/** Null: no whole answer in time. */
async function post(to: {
  witness: Witness;
  body: string;
  signal: AbortSignal;
  fetch: typeof fetch;
}): Promise<Reply | null> {
  try {
    const response = await to.fetch(`${to.witness.url}/add-checkpoint`, {
      method: 'POST',
      body: to.body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      // A witness is where its entry says; nobody sends our checkpoints elsewhere.
      redirect: 'error',
      signal: to.signal,
    });
    return { status: response.status, type: response.headers.get('content-type'), body: await shortBody(response) };
  } catch {
    return null;
  }
}

/** Throws Error above the limit; a witness could send without an end. */
async function shortBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_REPLY_BYTES) throw new Error('a reply of a witness is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function linesOf({ body }: Reply): NoteSignature[] {
  try {
    return parseSignatureLines(body);
  } catch {
    return [];
  }
}

/** Null for what does not say a size as tlog-witness wants it. */
function toldSize({ type, body }: Reply): number | null {
  try {
    return type === 'text/x.tlog.size' && body.endsWith('\n') ? fromDecimal(body.slice(0, -1)) : null;
  } catch {
    return null;
  }
}
