import type { Run } from '../db/bound-kysely.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { MINUTE_MS } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { cosignaturesOf, newestCosigned } from './cosignatures.store.ts';
import type { LogKey } from './log-key.ts';
import { isEventThere, readLeafOf } from './seal.store.ts';
import { HASH_BYTES, inclusionProof } from './tlog/merkle.ts';
import { formatProof } from './tlog/proof.ts';
import { parseTilePath, tileHashReader, type Tile } from './tlog/tiles.ts';
import { newestCheckpoint, storedTiles, type StoredCheckpoint } from './tree.store.ts';
import { quorumSize } from './read-witnesses.ts';
import type { Witness } from './witnesses.ts';

/** What the signed log is known by, and who witnesses it. */
export type SealDeps = { key: Pick<LogKey, 'publicKey'>; witnesses: readonly Witness[] };

export function witnessNames(witnesses: readonly Witness[]): string[] {
  return witnesses.map(({ name }) => name);
}

/** For so long a checkpoint that the witnesses have cosigned is worth more than a newer one that they have not seen. */
const PREFERRED_MS = MINUTE_MS;

/** The signed head of the log with the lines of its witnesses. Throws AppError NOT_SEALED_YET while there is none. */
export async function viewCheckpoint(
  deps: SealDeps,
  { work }: Call<unknown, unknown, unknown>,
): Promise<Answer<string>> {
  const checkpoint = await bestCheckpoint(work.run, deps);
  work.record({ objectKind: 'checkpoint', count: checkpoint.size });
  return { body: await withCosignatures(work.run, checkpoint) };
}

/** Hashes of the tree (C2SP tlog-tiles); never entries: an auditor's area is not the whole log. */
export async function viewTile({
  work,
  params,
}: Call<{ level: string; tile: string }, unknown, unknown>): Promise<Answer<Buffer>> {
  const tile = namedTile(`tile/${params.level}/${params.tile}`);
  const hashes = Buffer.from(await storedTiles(work.run)(tile)).subarray(0, tile.width * HASH_BYTES);
  if (hashes.length < tile.width * HASH_BYTES) throw new AppError('NOT_FOUND');
  work.record({ objectKind: 'tile', count: tile.width });
  return { body: hashes };
}

/**
 * The proof that an event of the auditor's area stands in the log (C2SP tlog-proof), with the event's own bytes as its extra
 * data: the file can be checked without us. Throws AppError NOT_FOUND outside the area, NOT_SEALED_YET.
 */
export async function proveEvent(
  deps: SealDeps,
  { work, params }: Call<{ eventId: string }, unknown, unknown>,
): Promise<Answer<string>> {
  const leaf = await readLeafOf(work.run, params.eventId);
  if (leaf === null) throw await notProven(work.run, params.eventId);
  const checkpoint = await bestCheckpoint(work.run, deps, leaf.leafIndex);
  const { size } = checkpoint;
  const reader = tileHashReader({ size, readTile: storedTiles(work.run) });
  const path = await inclusionProof({ index: leaf.leafIndex, size }, reader);
  const note = await withCosignatures(work.run, checkpoint);
  work.record({ objectKind: 'event', objectId: params.eventId });
  return {
    body: formatProof({ extra: leaf.event, index: leaf.leafIndex, path, checkpoint: note }),
    fileName: `proof-${leaf.leafIndex}.tlog-proof`,
  };
}

function namedTile(path: string): Tile {
  try {
    const named = parseTilePath(path);
    if (named.level !== 'entries') return { ...named, level: named.level };
  } catch {
    // Another spelling of a path is no path.
  }
  throw new AppError('NOT_FOUND');
}

/** The newest one that enough witnesses have cosigned, unless it lags behind or does not reach the leaf; else the newest. */
async function bestCheckpoint(run: Run, { witnesses }: SealDeps, leafIndex = 0): Promise<StoredCheckpoint> {
  const [newest, cosigned] = await Promise.all([
    newestCheckpoint(run),
    newestCosigned(run, witnessNames(witnesses), Math.max(1, quorumSize(witnesses))),
  ]);
  if (newest === null || newest.size <= leafIndex) throw new AppError('NOT_SEALED_YET');
  const isPreferred =
    cosigned !== null &&
    cosigned.size > leafIndex &&
    newest.signedAt.getTime() - cosigned.signedAt.getTime() <= PREFERRED_MS;
  return isPreferred ? cosigned : newest;
}

/** The note with the lines of its witnesses, as it is handed out. */
export async function withCosignatures(run: Run, { size, note }: StoredCheckpoint): Promise<string> {
  const lines = await cosignaturesOf(run, size);
  return [note, ...lines.map((each) => each.line)].join('');
}

/** An event's id begins with the time when it was made (RFC 9562, version 7); it is recorded then. */
async function notProven(run: Run, eventId: string): Promise<AppError> {
  const madeMs = Number.parseInt(eventId.replaceAll('-', '').slice(0, 12), 16);
  const between = { from: new Date(madeMs - MINUTE_MS), to: new Date(madeMs + MINUTE_MS) };
  const isThere = isDatable(madeMs) && (await isEventThere(run, eventId, between));
  return new AppError(isThere ? 'NOT_SEALED_YET' : 'NOT_FOUND');
}

/** Ids that somebody made up may name a time that no calendar has. */
function isDatable(ms: number): boolean {
  return ms > MINUTE_MS && ms < Date.UTC(9999, 0);
}
