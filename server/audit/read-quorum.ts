import type { Run } from '../db/bound-kysely.ts';
import { newestCosigned } from './cosignatures.store.ts';
import { quorumSize } from './read-witnesses.ts';
import { witnessNames, withCosignatures } from './serve-log.ts';
import { parseNote } from './tlog/note.ts';
import { quorumOf } from './tlog/quorum.ts';
import { TlogError } from './tlog/tlog-error.ts';
import type { Witness } from './witnesses.ts';

/** `needed`: how many witnesses make a quorum; `cosigned`: the newest tree that has one, and since when. */
export type Quorum = { needed: number; cosigned: { size: number; since: Date } | null };

/** Of the newest checkpoint that enough witnesses cosigned: since when it has had enough of them, each line checked. */
export async function readQuorum(run: Run, witnesses: readonly Witness[]): Promise<Quorum> {
  const needed = quorumSize(witnesses);
  const newest = needed === 0 ? null : await newestCosigned(run, witnessNames(witnesses), needed);
  const since = newest === null ? null : sinceWhen(await withCosignatures(run, newest), witnesses, needed);
  if (newest === null || since === null) return { needed, cosigned: null };
  return { needed, cosigned: { size: newest.size, since: new Date(since * 1000) } };
}

/** A line that somebody put into the table by hand is no cosignature, and spoils the lot. */
function sinceWhen(note: string, witnesses: readonly Witness[], needed: number): number | null {
  const keys = witnesses.map(({ key }) => key);
  try {
    return quorumOf(parseNote(Buffer.from(note, 'utf8')), keys, needed).since;
  } catch (error) {
    if (error instanceof TlogError) return null;
    throw error;
  }
}
