import type { Pool } from 'pg';
import { boundRun, type Run } from '../../db/bound-kysely.ts';
import { cosignaturesOf, insertCosignatures, largestCosigned, type Cosignature } from '../cosignatures.store.ts';
import { consistencyProof } from '../tlog/merkle.ts';
import { signatureLine } from '../tlog/note.ts';
import { tileHashReader } from '../tlog/tiles.ts';
import { newestCheckpoint, storedTiles, type StoredCheckpoint } from '../tree.store.ts';
import { collectCosignatures, type Witness, type WitnessAnswer } from '../witnesses.ts';
import { repeating, type Repeating } from './repeating.ts';

/** What is to be told about a witness: `ahead` and a refusal with 422 mean that our log was rolled back or forked. */
export type WitnessWords = { witness: string; outcome: string; status?: number; size?: number };

export type Asking = {
  /** Connections in the role `hien_sequencer`, apart from the one that leads. */
  pool: Pool;
  witnesses: readonly Witness[];
  isLeading: () => boolean;
  onTrouble(words: WitnessWords): void;
  onFailure(error: unknown): void;
};

const PAUSE_MS = 3_000;
const TIMEOUT_MS = 5_000;

/** Asks the witnesses for the newest checkpoint every few seconds, while this process leads; the tree never waits for them. */
export function startAskingWitnesses(asking: Asking): Repeating {
  if (asking.witnesses.length === 0) return { stop: async () => {} };
  return repeating(PAUSE_MS, async () => {
    if (asking.isLeading()) await askWitnesses(asking).catch(asking.onFailure);
  });
}

/** One round: whoever has not cosigned the newest checkpoint is asked, and what is right is stored. */
export async function askWitnesses(asking: Asking): Promise<void> {
  const client = await asking.pool.connect();
  let isBroken = true;
  try {
    const run = boundRun(client, () => true);
    await askForNewest(run, asking);
    isBroken = false;
  } finally {
    client.release(isBroken);
  }
}

async function askForNewest(run: Run, { witnesses, onTrouble }: Asking): Promise<void> {
  const checkpoint = await newestCheckpoint(run);
  if (checkpoint === null) return;
  const done = new Set((await cosignaturesOf(run, checkpoint.size)).map((line) => line.witness));
  const missing = witnesses.filter(({ name }) => !done.has(name));
  if (missing.length === 0) return;
  const answers = await collect(run, missing, checkpoint);
  await insertCosignatures(run, checkpoint.size, answers.flatMap(cosignatureIn));
  for (const { witness, ...answer } of answers) if (answer.outcome !== 'cosigned') onTrouble({ witness, ...answer });
}

async function collect(
  run: Run,
  witnesses: readonly Witness[],
  { size, note }: StoredCheckpoint,
): Promise<WitnessAnswer[]> {
  const known = await largestCosigned(
    run,
    witnesses.map(({ name }) => name),
  );
  return collectCosignatures({
    note,
    witnesses,
    acknowledged: ({ name }) => known.get(name) ?? 0,
    proofFrom: (oldSize) => consistencyProof({ oldSize, size }, tileHashReader({ size, readTile: storedTiles(run) })),
    fetch,
    timeoutMs: TIMEOUT_MS,
    now: () => Math.floor(Date.now() / 1000),
  });
}

function cosignatureIn(answer: WitnessAnswer): Cosignature[] {
  if (answer.outcome !== 'cosigned') return [];
  const { witness, signature, at } = answer;
  return [{ witness, line: signatureLine(signature), cosignedAt: new Date(at * 1000) }];
}
