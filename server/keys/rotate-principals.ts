import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from '../db/bound-kysely.ts';
import { runWork, type Note, type Work, type WorkPorts } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import type { Custodian, PrincipalKeys } from './custodian.ts';
import {
  countSealedTo,
  destroyVersions,
  insertVersion,
  livingKeys,
  withKeeper,
  type LivingKeys,
} from './principal-rotation.store.ts';
import { PRINCIPAL_REFRESH_MS } from './principals.store.ts';
import { resealPrincipal } from './reseal-principal.ts';
import { sealBroken } from './seal-error.ts';
import { untilSettled } from './settle.store.ts';

/** A little more than a running server goes without looking for newer versions. */
const NOTICE_MS = PRINCIPAL_REFRESH_MS + 2_000;

export type Rotating = {
  /** A pool that acts as the keeper of keys, and how its events are written. */
  ports: WorkPorts;
  custodian: Custodian;
  onStep: (step: 'begin' | 'reseal' | 'wait' | 'destroy') => void;
  onProgress: (done: number, total: number) => void;
};

/** `unfinished`: principals whose old keys stay, because something that they should open does not open. */
export type RotationReport = {
  principals: number;
  isResumed: boolean;
  resealed: number;
  broken: readonly string[];
  unfinished: readonly string[];
};

/**
 * Gives principals new keys while the system runs: a newer version beside the old one, everything sealed to the old
 * one sealed again to the newer, then the old private halves destroyed. What is left to do lies in the rows
 * themselves, so a rotation that was cut off is finished by the next call, before any new one begins.
 * @param principalId one principal, or null for all
 */
export async function rotatePrincipals(by: Rotating, principalId: string | null): Promise<RotationReport> {
  return withKeeper(by.ports.pool, async (run) => {
    by.onStep('begin');
    const { started, isResumed } = await begin(by, run, principalId);
    const broken = new Set<string>();
    const counts = new Map<string, number>();
    by.onStep('reseal');
    await resealAll(by, run, { started, broken, counts });
    by.onStep('wait');
    // Until then a running server may have sealed to the old version; the second pass takes that along.
    await pause(NOTICE_MS);
    await untilSettled(run);
    await resealAll(by, run, { started, broken, counts });
    // Whoever read a row before it was sealed again may still be opening it.
    await untilSettled(run);
    by.onStep('destroy');
    const unfinished = await finishAll(by, started, counts);
    const resealed = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return { principals: started.length, isResumed, resealed, broken: [...broken], unfinished };
  });
}

async function begin(by: Rotating, run: Run, principalId: string | null) {
  const living = await livingKeys(run, principalId);
  for (const keys of living.flat()) if (!by.custodian.vouchesFor(keys)) throw sealBroken();
  const underway = living.filter((keys) => keys.length > 1);
  if (underway.length > 0) return { started: underway, isResumed: true };
  const fresh = await Promise.all(living.map((keys) => nextVersion(by.custodian, keys)));
  // All together: a rotation of everybody that is cut off is told from one that has not begun.
  if (fresh.length > 0)
    await recorded(by, async (work) => {
      for (const keys of fresh) await insertVersion(work, keys);
      for (const keys of fresh) work.record(noteOf(keys, { reasonCode: 'BEGUN' }));
    });
  return { started: living.map((keys, index) => [...keys, ...fresh.slice(index, index + 1)]), isResumed: false };
}

async function nextVersion(custodian: Custodian, living: LivingKeys): Promise<PrincipalKeys> {
  const { principalId, kind, version } = newest(living);
  return custodian.createPrincipal({ principalId, kind, version: version + 1 });
}

type Tally = { started: readonly LivingKeys[]; broken: Set<string>; counts: Map<string, number> };

async function resealAll(by: Rotating, run: Run, { started, broken, counts }: Tally): Promise<void> {
  let total = 0;
  for (const keys of started) total += await countSealedTo(run, newest(keys).principalId, versionsOf(older(keys)));
  let done = 0;
  by.onProgress(0, total);
  for (const keys of started) {
    const { principalId } = newest(keys);
    const onDone = (count: number): void => {
      done += count;
      counts.set(principalId, (counts.get(principalId) ?? 0) + count);
      by.onProgress(Math.min(done, total), total);
    };
    const resealing = { run, custodian: by.custodian, onDone, onBroken: (what: string) => void broken.add(what) };
    for (const from of older(keys)) await resealPrincipal(resealing, { from, to: newest(keys) });
  }
  by.onProgress(total, total);
}

async function finishAll(
  by: Rotating,
  started: readonly LivingKeys[],
  counts: ReadonlyMap<string, number>,
): Promise<string[]> {
  const unfinished: string[] = [];
  for (const keys of started) {
    const { principalId } = newest(keys);
    await recorded(by, async (work) => {
      const isDestroyed = await destroyVersions(work, principalId, versionsOf(older(keys)));
      if (!isDestroyed) unfinished.push(principalId);
      const count = counts.get(principalId) ?? 0;
      const outcome = isDestroyed ? ('done' as const) : ('failed' as const);
      work.record(noteOf(newest(keys), { outcome, reasonCode: isDestroyed ? 'FINISHED' : 'STILL_SEALED', count }));
    });
  }
  return unfinished;
}

function noteOf({ principalId, kind }: PrincipalKeys, note: Note): Note {
  const ownerAgencyId = kind === 'agency' ? principalId : null;
  return { objectKind: 'principal', objectId: principalId, ownerAgencyId, ...note };
}

async function recorded(by: Rotating, run: (work: Work) => Promise<void>): Promise<void> {
  const request = {
    bearer: null,
    job: 'keys-rotate',
    purpose: '',
    deed: { action: 'keys.rotate' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  await runWork(by.ports, request, run);
}

function newest(keys: LivingKeys): PrincipalKeys {
  const last = keys.at(-1);
  if (last === undefined) throw new RangeError('a principal without living keys');
  return last;
}

function older(keys: LivingKeys): LivingKeys {
  return keys.slice(0, -1);
}

function versionsOf(keys: LivingKeys): number[] {
  return keys.map((each) => each.version);
}
