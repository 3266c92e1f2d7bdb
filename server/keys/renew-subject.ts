import type { Run } from '../db/bound-kysely.ts';
import { runWork, type Note, type Work, type WorkPorts } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import { insertDataKeys, type DataKeyRow, type GrantRow } from './grants.store.ts';
import { commitmentRow } from './create-subject.ts';
import type { Custodian } from './custodian.ts';
import { dataKeyObject, generateDataKey, sealBundle, wipeBundle, type DataKeyBundle } from './data-keys.ts';
import { resealDocument } from './documents.ts';
import { guardSubject, knownKeys, openGrantBundle } from './guard-subject.ts';
import type { DocumentRow } from './documents.store.ts';
import type { Principals } from './principals.store.ts';
import {
  dataKeysOf,
  endRenewal,
  forgetOldKeys,
  grantsOfSubject,
  lockedGrants,
  markBegun,
  outdatedDocuments,
  replaceBundle,
  replaceDocument,
  type Renewal,
} from './renewals.store.ts';
import { SealError } from './seal-error.ts';
import { untilSettled } from './settle.store.ts';
import { columnsOf, openSubject } from './subject-keys.ts';

/** `ports`: a pool that acts as the keeper of keys, and how its events are written. */
export type Renewing = { ports: WorkPorts; custodian: Custodian; principals: Principals };

const FIRST = { id: '00000000-0000-0000-0000-000000000000', revision: 0 };

/**
 * Gives a subject new data keys: at once for what is written from now on, then for what was written before; at last the
 * old keys leave every grant. Each step leaves the rows whole, so it may be cut off anywhere and is taken up again.
 */
export async function renewSubject(by: Renewing, run: Run, renewal: Renewal): Promise<void> {
  if (!renewal.isBegun) await inDeed(by, (work) => begin(by, work, renewal));
  const count = await reencrypt(by, run, renewal);
  // Whoever read a document under its old key before, or is writing one, has to be through.
  await untilSettled(run);
  await inDeed(by, (work) => finish(by, work, { renewal, count }));
}

async function begin(by: Renewing, work: Work, renewal: Renewal): Promise<void> {
  const grants = await lockedGrants(work, renewal.id);
  const known = await dataKeysOf(work.run, renewal.id);
  const fresh = [...newestOf(known)].map(([compartment, version]) => ({
    compartment,
    version: version + 1,
    key: generateDataKey(),
  }));
  try {
    await insertDataKeys(
      work,
      fresh.map((entry) => commitmentRow(work, renewal, entry)),
    );
    for (const grant of grants) {
      const carried = (bundle: DataKeyBundle): DataKeyBundle => [
        ...bundle,
        ...fresh.filter((entry) => bundle.some((each) => each.compartment === entry.compartment)),
      ];
      await resealGrant(by, work, { grant, carried });
    }
    await guardAgain(by, work, { renewal, grants, carried: (bundle) => [...bundle, ...fresh] });
  } finally {
    wipeBundle(fresh);
  }
  await markBegun(work, renewal.id);
  work.record(noteOf(renewal, { reasonCode: 'BEGUN' }));
}

async function reencrypt(by: Renewing, run: Run, renewal: Renewal): Promise<number> {
  const keys = await openedKeys(by, run, renewal);
  let place = FIRST;
  let count = 0;
  for (;;) {
    const rows = await outdatedDocuments(run, renewal.id, place);
    const last = rows.at(-1);
    if (last === undefined) return count;
    for (const row of rows) count += await reencryptOne(run, keys, row);
    place = last;
  }
}

/** What does not open stays under its old key, which then stays as well. */
async function reencryptOne(run: Run, keys: Opened, row: DocumentRow): Promise<number> {
  try {
    const { key, version } = keys.keyFor(row.compartment);
    const from = keys.keyFor(row.compartment, row.keyVersion).key;
    const sealed = resealDocument(row, { from, to: key, version });
    return await replaceDocument(run, { ...row, was: row.sealed, sealed, keyVersion: version });
  } catch (error) {
    if (error instanceof SealError) return 0;
    throw error;
  }
}

type Opened = ReturnType<typeof openSubject>;

/** All keys that any of the grants carries and that their commitments confirm. */
async function openedKeys(by: Renewing, run: Run, renewal: Renewal): Promise<Opened> {
  const commitments = await dataKeysOf(run, renewal.id);
  const bundle = await knownKeys(by, await grantsOfSubject(run, renewal.id), commitments);
  const keys = new Map(
    bundle.map(({ compartment, version, key }) => [`${compartment} ${version}`, dataKeyObject(key)]),
  );
  wipeBundle(bundle);
  return openSubject(renewal, keys);
}

type Guarding = { renewal: Renewal; grants: readonly GrantRow[]; carried: Resealing['carried'] };

/** The guardian's key opens elsewhere, so its grant cannot be sealed again: it is given a new one out of the others. */
async function guardAgain(by: Renewing, work: Work, { renewal, grants, carried }: Guarding): Promise<void> {
  const known = await knownKeys(by, grants, await dataKeysOf(work.run, renewal.id));
  try {
    await guardSubject({ work, principals: by.principals }, renewal, carried(known));
  } finally {
    wipeBundle(known);
  }
}

type Finishing = { renewal: Renewal; count: number };

async function finish(by: Renewing, work: Work, { renewal, count }: Finishing): Promise<void> {
  const grants = await lockedGrants(work, renewal.id);
  const left = await forgetOldKeys(work, renewal.id);
  const isLeft = (entry: DataKeyBundle[number]): boolean =>
    left.some((row) => row.compartment === entry.compartment && row.version === entry.version);
  const carried = (bundle: DataKeyBundle): DataKeyBundle => bundle.filter(isLeft);
  for (const grant of grants) await resealGrant(by, work, { grant, carried });
  await guardAgain(by, work, { renewal, grants, carried });
  await endRenewal(work, renewal.id);
  const isClean = left.length === newestOf(left).size;
  work.record(
    noteOf(renewal, {
      count,
      ...(isClean ? {} : { outcome: 'failed' }),
      reasonCode: isClean ? 'FINISHED' : 'STILL_SEALED',
    }),
  );
}

type Resealing = { grant: GrantRow; carried: (bundle: DataKeyBundle) => DataKeyBundle };

async function resealGrant(by: Renewing, work: Work, { grant, carried }: Resealing): Promise<void> {
  if (grant.holderKind === 'guardian' || grant.holderKind === 'statistics') return;
  const bundle = await openGrantBundle(by, grant);
  try {
    const holder = await by.principals.current(grant.holderId);
    const row = { ...grant, holderKeyVersion: holder.version };
    const sealed = sealBundle({ holder, grant: columnsOf(row), bundle: carried(bundle) });
    await replaceBundle(work, { id: grant.id, holderKeyVersion: holder.version, bundle: sealed });
  } finally {
    wipeBundle(bundle);
  }
}

function newestOf(rows: readonly DataKeyRow[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { compartment, version } of rows) newest.set(compartment, Math.max(version, newest.get(compartment) ?? 0));
  return newest;
}

/** Nobody looked at the case: the event names it as its object, and the case's own history stays silent about it. */
function noteOf({ kind, id, ownerAgencyId }: Renewal, note: Note): Note {
  return { objectKind: kind, objectId: id, ownerAgencyId, ...note };
}

async function inDeed(by: Renewing, run: (work: Work) => Promise<void>): Promise<void> {
  const request = {
    bearer: null,
    job: 'keys-reencrypt',
    purpose: '',
    deed: { action: 'keys.reencrypt' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  await runWork(by.ports, request, run);
}
