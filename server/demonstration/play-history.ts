import { createHash } from 'node:crypto';
import type { AppContext } from '../context.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { perform } from '../http/perform.ts';
import { AppError } from '../kernel/errors.ts';
import type { Progress } from '../progress.ts';
import { castOf } from './cast.ts';
import type { District } from './district.ts';
import { openArchive, type Archive } from './history.store.ts';
import { planHistory } from './plan-history.ts';
import type { PlannedCall } from './planned-call.ts';
import { readHistory } from './stories.ts';
import { wavesOf } from './waves.rules.ts';

/** `nowMs` is the present from which the history counts back, the same at every try. */
export type Playing = { ownerUrl: string; progress: Progress; district: District; nowMs: number };

/**
 * Plays the history of the demonstration through the same use cases as real work, in the order in which it happened: the
 * log tells when each event was really recorded, when it is said to have occurred, and that it is a demonstration.
 * What the log holds already is not done again, so a history that was cut off goes on at its next call.
 */
export async function playHistory(context: AppContext, playing: Playing): Promise<void> {
  const cast = castOf(playing.district);
  const calls = planHistory({ nowMs: playing.nowMs, cast, directory: context.directory }, await readHistory());
  const archive = openArchive(playing.ownerUrl);
  try {
    await archive.endSessions();
    const player = await preparePlayer(context, archive, { calls, staffIdOf: (name) => cast.person(name).id });
    let done = 0;
    for (const wave of wavesOf(calls, playing.nowMs)) {
      await allOf(wave.map(player));
      playing.progress.count('lịch sử minh hoạ / demonstration history', (done += wave.length), calls.length);
    }
    await archive.endSessions();
  } finally {
    await archive.close();
  }
}

/** Waits for every one of them before it complains of the first that failed. */
async function allOf(deeds: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(deeds)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

type Scene = { calls: readonly PlannedCall[]; staffIdOf: (username: string) => string };
type Player = (call: PlannedCall) => Promise<void>;

async function preparePlayer(context: AppContext, archive: Archive, { calls, staffIdOf }: Scene): Promise<Player> {
  const done = { done: await archive.requestsDone('done'), refused: await archive.requestsDone('refused') };
  const bearers = new Map<string, Buffer>();
  for (const { by } of calls) if (!bearers.has(by)) bearers.set(by, await archive.openSession(staffIdOf(by)));
  const endpoints = new Map(context.endpoints.map((endpoint) => [endpoint.action as string, endpoint]));
  const made = new Map<string, string>();
  return async (call) => {
    const requestId = requestIdOf(call.key);
    const journal = done[call.isRefused ? 'refused' : 'done'];
    const id = journal.has(requestId)
      ? journal.get(requestId)
      : await doCall(
          context,
          { call, endpoint: known(endpoints.get(call.action), call.action) },
          {
            bearer: bearers.get(call.by) ?? null,
            requestId,
            made,
            versionOf: archive.versionOf,
          },
        );
    if (call.makes !== undefined) made.set(call.makes, known(id ?? undefined, call.makes));
  };
}

type Stage = {
  bearer: Buffer | null;
  requestId: string;
  made: ReadonlyMap<string, string>;
  versionOf: (caseId: string) => Promise<number>;
};

/** @returns the id of what the call made, if it makes something */
async function doCall(
  context: AppContext,
  { call, endpoint }: { call: PlannedCall; endpoint: Endpoint },
  { bearer, requestId, made, versionOf }: Stage,
): Promise<string | undefined> {
  const version = call.versionOf === undefined ? undefined : await versionOf(known(made.get(call.versionOf), call.key));
  const given = {
    bearer,
    address: '',
    requestId,
    clock: { now: () => call.atMs },
    isDemonstration: true,
    params: named(call.params, made),
    query: call.query,
    body: named(call.body, made),
    purpose: undefined,
    ifMatch: version === undefined ? undefined : `"${version}"`,
    idempotencyKey: undefined,
  };
  try {
    const answer = await perform(context.performer, endpoint, given);
    if (call.isRefused) throw new Error(`demonstration data: ${call.key} should have been refused`);
    return answer.resourceId;
  } catch (error) {
    if (call.isRefused && error instanceof AppError) return undefined;
    throw new Error(`demonstration data: ${call.key} (${call.action}): ${wordsOf(error)}`, { cause: error });
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof AppError)) return String(error);
  return [error.code, ...error.faults.map(({ path, code }) => `${path} ${code}`)].join(', ');
}

/** Puts the ids of made records in the place of their `@names`. */
function named(values: Readonly<Record<string, unknown>>, made: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('@') ? known(made.get(value.slice(1)), value) : value,
    ]),
  );
}

/** A request id of the usual shape (UUID, version 8) that is the same at every try. */
function requestIdOf(key: string): string {
  const hex = createHash('sha256').update(`hien-history ${key}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function known<T>(found: T | undefined, wanted: string): T {
  if (found === undefined) throw new Error(`demonstration data: no ${wanted}`);
  return found;
}
