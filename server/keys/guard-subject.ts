import type { Work } from '../db/work.ts';
import type { Custodian } from './custodian.ts';
import { matchesCommitment, wipeBundle, type DataKeyBundle } from './data-keys.ts';
import { insertGrants, type DataKeyRow, type GrantRow } from './grants.store.ts';
import { takeGuardianGrants } from './guardian.store.ts';
import type { Principals } from './principals.store.ts';
import { guardianGrants } from './sealed-grant.ts';
import { columnsOf } from './subject-keys.ts';
import type { Subject } from './subjects.ts';

export type Opening = { custodian: Custodian; principals: Principals };
type Entry = DataKeyBundle[number];

/** The data keys of one grant; the caller's to wipe. @throws SealError SEAL_BROKEN */
export async function openGrantBundle({ custodian, principals }: Opening, grant: GrantRow): Promise<DataKeyBundle> {
  const holder = await principals.version(grant.holderId, grant.holderKeyVersion);
  return custodian.openBundle(holder, columnsOf(grant), grant.bundle);
}

/**
 * Every data key that the grants of agencies and persons carry and that its commitment confirms, each once; the caller's
 * to wipe. The guardian's own cannot be asked, and keys of the statistics are none of its business.
 */
export async function knownKeys(
  by: Opening,
  grants: readonly GrantRow[],
  commitments: readonly DataKeyRow[],
): Promise<DataKeyBundle> {
  const asked = grants.filter(({ holderKind }) => holderKind === 'agency' || holderKind === 'staff');
  return committedKeys(asked, commitments, (grant) => openGrantBundle(by, grant));
}

/** What these grants carry and their commitments confirm, each key once; the caller's to wipe. */
export async function committedKeys(
  grants: readonly GrantRow[],
  commitments: readonly DataKeyRow[],
  open: (grant: GrantRow) => Promise<DataKeyBundle>,
): Promise<DataKeyBundle> {
  const known = new Map<string, Entry>();
  for (const grant of grants) {
    const bundle = await open(grant);
    for (const entry of bundle) {
      const name = `${entry.compartment} ${entry.version}`;
      if (!known.has(name) && isCommitted(entry, grant.subjectId, commitments))
        known.set(name, { ...entry, key: Buffer.from(entry.key) });
    }
    wipeBundle(bundle);
  }
  return [...known.values()];
}

/** The guardian gets one new grant of the subject with these keys instead of those it held until now, if there is one. */
export async function guardSubject(
  by: { work: Work; principals: Principals },
  subject: Subject,
  bundle: DataKeyBundle,
): Promise<boolean> {
  const grants = bundle.length === 0 ? [] : await guardianGrants(by, subject, bundle);
  if (grants.length === 0) return false;
  await takeGuardianGrants(by.work, subject.id);
  await insertGrants(by.work, grants);
  return true;
}

function isCommitted({ compartment, version, key }: Entry, subjectId: string, rows: readonly DataKeyRow[]): boolean {
  const row = rows.find((each) => each.compartment === compartment && each.version === version);
  return row !== undefined && matchesCommitment(key, { subjectId, compartment, version }, row.commitment);
}
