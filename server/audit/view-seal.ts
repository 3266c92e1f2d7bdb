import type { Answer, Call } from '../http/endpoint.ts';
import { DAY_MS, vietnamDay } from '../kernel/clock.ts';
import type { Seal, SealQuery } from './audit.contract.ts';
import { lastCosignatures } from './cosignatures.store.ts';
import { vkeyOf } from './log-key.ts';
import { readMergeDelay, readOrigin, readSealedDays, type SealedDay } from './seal.store.ts';
import { readQuorum, type Quorum } from './read-quorum.ts';
import { witnessNames, type SealDeps } from './serve-log.ts';
import { formatVkey } from './tlog/vkey.ts';
import { newestCheckpoint } from './tree.store.ts';

const DAYS = 31;

/** How the log stands, for the auditor's overview: its head, its witnesses, and its last 31 days, all checked anew if she asks. */
export async function viewSeal(
  deps: SealDeps,
  { work, query }: Call<unknown, SealQuery, unknown>,
): Promise<Answer<Seal>> {
  const { run } = work;
  const today = Date.now();
  const firstDay = vietnamDay(today - (DAYS - 1) * DAY_MS);
  const [origin, newest, mergeDelayMs, days] = await Promise.all([
    readOrigin(run),
    newestCheckpoint(run),
    readMergeDelay(run),
    readSealedDays(run, { fromDay: firstDay, days: DAYS, anew: query.anew !== undefined }),
  ]);
  work.record({ count: newest?.size ?? 0 });
  return {
    body: {
      origin,
      vkey: origin === null ? null : vkeyOf(deps.key, origin),
      checkpoint:
        newest === null
          ? null
          : { size: newest.size, root: newest.root.toString('base64'), signedAt: newest.signedAt.toISOString() },
      mergeDelayMs,
      witnesses: await witnessesOf(deps, run),
      quorum: quorumShown(await readQuorum(run, deps.witnesses)),
      days: everyDay(days, firstDay),
    },
  };
}

type Run = Parameters<typeof newestCheckpoint>[0];

async function witnessesOf({ witnesses }: SealDeps, run: Run): Promise<Seal['witnesses']> {
  const last = await lastCosignatures(run, witnessNames(witnesses));
  return witnesses.map((witness) => ({
    name: witness.name,
    vkey: formatVkey(witness.key),
    cosignedAt: last.get(witness.name)?.toISOString() ?? null,
  }));
}

function quorumShown({ needed, cosigned }: Quorum): Seal['quorum'] {
  if (cosigned === null) return { needed, met: false, size: null, cosignedAt: null };
  return { needed, met: true, size: cosigned.size, cosignedAt: cosigned.since.toISOString() };
}

function everyDay(found: readonly SealedDay[], firstDay: string): Seal['days'] {
  const byDay = new Map(found.map((each) => [each.day, each]));
  const begin = Date.parse(`${firstDay}T00:00:00Z`);
  return Array.from({ length: DAYS }, (_, at) => {
    const day = new Date(begin + at * DAY_MS).toISOString().slice(0, 10);
    const known = byDay.get(day) ?? { day, events: 0, sealed: 0, broken: 0, checkedAt: null };
    return { ...known, checkedAt: known.checkedAt?.toISOString() ?? null };
  });
}
