import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Run } from '../db/bound-kysely.ts';
import { runWork, type Work, type WorkPorts } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import type { Custodian, PrincipalKeys } from './custodian.ts';
import { wipeBundle } from './data-keys.ts';
import { guardSubject, knownKeys } from './guard-subject.ts';
import { countUnguarded, livingGuardian, unguardedSubjects } from './guardian.store.ts';
import { GUARDIAN_ID } from './named-principals.ts';
import { destroyVersions, insertVersion, withKeeper } from './principal-rotation.store.ts';
import { PRINCIPAL_REFRESH_MS, type Principals } from './principals.store.ts';
import { dataKeysOf, lockedGrants } from './renewals.store.ts';
import { SealError, sealBroken } from './seal-error.ts';
import { untilSettled } from './settle.store.ts';
import type { Subject } from './subjects.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';
/** A little more than a running server goes without looking for newer versions. */
const NOTICE_MS = PRINCIPAL_REFRESH_MS + 2_000;

export type Covering = {
  /** A pool that acts as the keeper of keys, and how its events are written. */
  ports: WorkPorts;
  custodian: Custodian;
  principals: Principals;
  onProgress: (done: number, total: number) => void;
};

/** `broken`: cases and referrals of which no grant opens, so that the guardian gets none either. */
export type CoverReport = { covered: number; broken: readonly string[]; hasOldKeys: boolean };

export async function hasGuardian(pool: Pool): Promise<boolean> {
  return (await withKeeper(pool, livingGuardian)).length > 0;
}

/**
 * Makes the guardian, or gives it new keys. Answers with the unlock, which is nowhere else: the caller's to divide and wipe.
 * From now on every new case is granted to it; `coverCases` does the same for those that exist.
 */
export async function makeGuardianKeys(by: Pick<Covering, 'ports' | 'custodian'>): Promise<Buffer> {
  const living = await withKeeper(by.ports.pool, livingGuardian);
  const version = (living.at(-1)?.version ?? 0) + 1;
  const { keys, unlock } = await by.custodian.createGuardian({ principalId: GUARDIAN_ID, version });
  await recorded(by.ports, 'keys.guardian', async (work) => {
    await insertVersion(work, keys);
    work.record({ ...GUARDIAN, reasonCode: version === 1 ? 'MADE' : 'RENEWED' });
  });
  return unlock;
}

/**
 * Grants the guardian every case and referral that it does not hold yet with the newest of its keys, while the system runs.
 * What is left to do lies in the rows, so it may be cut off anywhere. Afterwards older keys of the guardian are destroyed.
 * Null where no guardian was made.
 */
export async function coverCases(by: Covering): Promise<CoverReport | null> {
  return withKeeper(by.ports.pool, async (run) => {
    const living = await livingGuardian(run);
    const newest = living.at(-1);
    if (newest === undefined) return null;
    for (const keys of living) if (!by.custodian.vouchesFor(keys)) throw sealBroken();
    const older = living.slice(0, -1).map(({ version }) => version);
    const broken = new Set<string>();
    let covered = await coverOnce(by, run, { newest, broken });
    if (older.length > 0) {
      // Until then a running server may have granted to the older keys.
      await pause(NOTICE_MS);
      await untilSettled(run);
      covered += await coverOnce(by, run, { newest, broken });
    }
    return { covered, broken: [...broken], hasOldKeys: !(await destroyOlder(by.ports, older)) };
  });
}

type Round = { newest: PrincipalKeys; broken: Set<string> };

async function coverOnce(by: Covering, run: Run, { newest, broken }: Round): Promise<number> {
  const total = await countUnguarded(run, newest.version);
  let after = FIRST;
  let covered = 0;
  by.onProgress(0, total);
  for (;;) {
    const subjects = await unguardedSubjects(run, newest.version, after);
    const last = subjects.at(-1);
    if (last === undefined) break;
    covered += await coverBatch(by, subjects, broken);
    by.onProgress(Math.min(covered, total), total);
    after = last.id;
  }
  by.onProgress(total, total);
  return covered;
}

async function coverBatch(by: Covering, subjects: readonly Subject[], broken: Set<string>): Promise<number> {
  let count = 0;
  await recorded(by.ports, 'keys.cover', async (work) => {
    for (const subject of subjects) {
      const isCovered = await coverOne(by, work, subject);
      if (isCovered) count += 1;
      else broken.add(`${subject.kind} ${subject.id}`);
    }
    work.record({ ...GUARDIAN, count });
  });
  return count;
}

/** False for a subject that nobody can open; it must not keep the others from the guardian. */
async function coverOne(by: Covering, work: Work, subject: Subject): Promise<boolean> {
  try {
    const bundle = await knownKeys(by, await lockedGrants(work, subject.id), await dataKeysOf(work.run, subject.id));
    const isCovered = await guardSubject({ work, principals: by.principals }, subject, bundle);
    wipeBundle(bundle);
    return isCovered;
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

async function destroyOlder(ports: WorkPorts, versions: readonly number[]): Promise<boolean> {
  if (versions.length === 0) return true;
  let isDestroyed = false;
  await recorded(ports, 'keys.guardian', async (work) => {
    isDestroyed = await destroyVersions(work, GUARDIAN_ID, versions);
    const outcome = isDestroyed ? ('done' as const) : ('failed' as const);
    work.record({ ...GUARDIAN, outcome, reasonCode: isDestroyed ? 'FINISHED' : 'STILL_SEALED' });
  });
  return isDestroyed;
}

const GUARDIAN = { objectKind: 'principal', objectId: GUARDIAN_ID, ownerAgencyId: null };

async function recorded(ports: WorkPorts, action: string, run: (work: Work) => Promise<void>): Promise<void> {
  const request = {
    bearer: null,
    job: 'keys-guardian',
    purpose: '',
    deed: { action },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  await runWork(ports, request, run);
}
