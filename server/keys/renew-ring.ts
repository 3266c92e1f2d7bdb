import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from '../db/bound-kysely.ts';
import { runWork, type Note, type WorkPorts } from '../db/work.ts';
import { systemClock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import type { Custodian } from './custodian.ts';
import { keyringCustodian } from './keyring-custodian.ts';
import { withKeeper } from './principal-rotation.store.ts';
import { PRINCIPAL_REFRESH_MS } from './principals.store.ts';
import { replaceWrapped, wrappedByOlder, type WrappedRow } from './rewrap.store.ts';
import { isUnderway, newestVersion, renewedRing, withoutOld, type RingSecret } from './ring-secrets.ts';
import { SealError } from './seal-error.ts';

/** A little more than a running server goes without looking at the keyring's file, or at principals it has read. */
const NOTICE_MS = PRINCIPAL_REFRESH_MS + 2_000;

export type RingRenewing = {
  /** A pool that acts as the keeper of keys, and how its events are written. */
  ports: WorkPorts;
  /** The keyring's file; `write` replaces it whole or not at all. */
  ring: { read(): Promise<readonly RingSecret[]>; write(secrets: readonly RingSecret[]): Promise<void> };
  onStep: (step: 'begin' | 'wait' | 'rewrap' | 'drop') => void;
  onProgress: (done: number, total: number) => void;
  /** Shorter where no server is running. */
  noticeMs?: number;
};
/** `broken`: principals whose keys do not open or are not vouched for; then the old secrets stay. */
export type RingReport = { isResumed: boolean; rewrapped: number; broken: readonly string[] };

/**
 * Gives the keyring new secrets to wrap, vouch and sign tokens with, while the system runs: the newer beside the older,
 * then every principal's keys wrapped and vouched for again, then the older ones dropped. What is left to do lies in the
 * file and in the rows, so a renewal that was cut off is finished by the next call.
 * `root` stays: blind indexes are made with it, and new ones would need every case to be read.
 */
export async function renewRing(by: RingRenewing): Promise<RingReport> {
  const before = await by.ring.read();
  const isResumed = isUnderway(before);
  const secrets = isResumed ? before : renewedRing(before);
  if (!isResumed) {
    by.onStep('begin');
    await recorded(by.ports, { reasonCode: 'BEGUN' });
    await by.ring.write(secrets);
  }
  const custodian = keyringCustodian(secrets, systemClock.now);
  try {
    const { count, broken } = await withKeeper(by.ports.pool, (run) => rewrapAll({ ...by, custodian, run }, secrets));
    if (broken.length === 0) {
      by.onStep('drop');
      await by.ring.write(withoutOld(secrets));
    }
    const isFinished = broken.length === 0;
    const outcome = isFinished ? ('done' as const) : ('failed' as const);
    await recorded(by.ports, { outcome, reasonCode: isFinished ? 'FINISHED' : 'STILL_SEALED', count });
    return { isResumed, rewrapped: count, broken };
  } finally {
    custodian.close();
  }
}

type Rewrapping = Pick<RingRenewing, 'onStep' | 'onProgress' | 'noticeMs'> & { custodian: Custodian; run: Run };
type Rewrapped = { count: number; broken: readonly string[] };

/** Until a whole round finds nothing: a server that had not noticed yet may have made a principal with the older ones. */
async function rewrapAll(by: Rewrapping, secrets: readonly RingSecret[]): Promise<Rewrapped> {
  const newest = { wrap: newestVersion(secrets, 'wrap'), vouch: newestVersion(secrets, 'vouch') };
  const broken = new Set<string>();
  let count = 0;
  for (;;) {
    by.onStep('wait');
    await pause(by.noticeMs ?? NOTICE_MS);
    by.onStep('rewrap');
    const rows = await wrappedByOlder(by.run, newest);
    const left = rows.filter((row) => !broken.has(nameOf(row)));
    if (left.length === 0) return { count, broken: [...broken] };
    for (const [index, row] of left.entries()) {
      const done = await rewrapOne(by, row);
      if (done === 'broken') broken.add(nameOf(row));
      else count += done;
      by.onProgress(index + 1, left.length);
    }
  }
}

async function rewrapOne({ custodian, run }: Rewrapping, row: WrappedRow): Promise<number | 'broken'> {
  try {
    return await replaceWrapped(run, row, await custodian.rewrap(row));
  } catch (error) {
    if (error instanceof SealError) return 'broken';
    throw error;
  }
}

function nameOf({ principalId, version }: WrappedRow): string {
  return `${principalId} ${version}`;
}

async function recorded(ports: WorkPorts, note: Note): Promise<void> {
  const request = {
    bearer: null,
    job: 'keys-renew-ring',
    purpose: '',
    deed: { action: 'keys.renew_ring' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  await runWork(ports, request, async (work) => work.record({ ownerAgencyId: null, ...note }));
}
