import type { Work } from '../db/work.ts';
import { grantRow, memberRow } from './create-subject.ts';
import type { Custodian } from './custodian.ts';
import { wipeBundle, type DataKeyBundle } from './data-keys.ts';
import { insertGrants, insertMembers, type GrantRow } from './grants.store.ts';
import { committedKeys } from './guard-subject.ts';
import { guardianGrantsOf, makeStaffKeys } from './guardian.store.ts';
import type { Principals } from './principals.store.ts';
import { dataKeysOf } from './renewals.store.ts';
import { columnsOf } from './subject-keys.ts';
import type { NewGrant, Subject } from './subjects.ts';

export type Regranting = { work: Work; custodian: Custodian; principals: Principals; unlock: Buffer };

/**
 * Gives a case, and what was sent from it, to new holders out of the grants that the guardian holds. Works as the
 * archivist, who sees those grants. Answers how many subjects were given; 0 where the guardian holds none.
 * @throws KeyringError GUARDIAN_NOT_OPENED for the unlock of another guardian; SealError for tampered grants
 */
export async function regrantGuarded(by: Regranting, caseId: string, to: readonly NewGrant[]): Promise<number> {
  for (const { staffId } of to) if (staffId !== undefined) await makeStaffKeys(by.work, by.custodian, staffId);
  const bySubject = Map.groupBy(await guardianGrantsOf(by.work, caseId), (grant) => grant.subjectId);
  for (const grants of bySubject.values()) await regrantSubject(by, grants, to);
  return bySubject.size;
}

async function regrantSubject(by: Regranting, held: readonly GrantRow[], to: readonly NewGrant[]): Promise<void> {
  const [first] = held;
  if (first === undefined) return;
  const { subjectKind: kind, subjectId: id, caseId, ownerAgencyId } = first;
  const subject: Subject = { kind, id, caseId, ownerAgencyId };
  const bundle = await committedKeys(held, await dataKeysOf(by.work.run, id), (grant) => openHeld(by, grant));
  try {
    // A team works on a case; on what was sent from it there is none of its sender's.
    const grants = to.map((grant) => ({ ...grant, members: kind === 'case' ? grant.members : [] }));
    const made = await Promise.all(grants.map((grant) => grantRow(by, { subject, grant, bundle })));
    await insertGrants(
      by.work,
      made.map(({ row }) => row),
    );
    await insertMembers(
      by.work,
      made.flatMap(({ row, grant }) => grant.members.map((member) => memberRow(row, grant, member))),
    );
  } finally {
    wipeBundle(bundle);
  }
}

async function openHeld({ custodian, principals, unlock }: Regranting, grant: GrantRow): Promise<DataKeyBundle> {
  const guardian = await principals.version(grant.holderId, grant.holderKeyVersion);
  return custodian.openGuarded(unlock, guardian, { grant: columnsOf(grant), sealed: grant.bundle });
}
