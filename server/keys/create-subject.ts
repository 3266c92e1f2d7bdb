import type { Work } from '../db/work.ts';
import { dataKeyObject, generateDataKey, keyCommitment, wipeBundle, type DataKeyBundle } from './data-keys.ts';
import { insertDataKeys, insertGrants, insertMembers, type GrantRow } from './grants.store.ts';
import type { Principals } from './principals.store.ts';
import { guardianGrants, sealedGrant } from './sealed-grant.ts';
import { openSubject } from './subject-keys.ts';
import type { NewGrant, OpenSubject, Subject } from './subjects.ts';

export type Making = { work: Work; principals: Principals };
type Spec = { compartments: readonly string[]; grants: readonly NewGrant[] };

/** Makes a subject: a fresh key per compartment, its commitment, and a grant that carries the keys to each holder. */
export async function createSubject(by: Making, subject: Subject, spec: Spec): Promise<OpenSubject> {
  const bundle = spec.compartments.map((compartment) => ({ compartment, version: 1, key: generateDataKey() }));
  try {
    const [grants, guarded] = await Promise.all([
      Promise.all(spec.grants.map((grant) => grantRow(by, { subject, grant, bundle }))),
      guardianGrants(by, subject, bundle),
    ]);
    const keys = bundle.map((entry) => commitmentRow(by.work, subject, entry));
    const members = grants.flatMap(({ row, grant }) => grant.members.map((member) => memberRow(row, grant, member)));
    await Promise.all([
      insertGrants(by.work, [...grants.map(({ row }) => row), ...guarded]),
      insertMembers(by.work, members),
      insertDataKeys(by.work, keys),
    ]);
    return openSubject(subject, new Map(bundle.map((entry) => [`${entry.compartment} 1`, dataKeyObject(entry.key)])));
  } finally {
    wipeBundle(bundle);
  }
}

type GrantInput = { subject: Subject; grant: NewGrant; bundle: DataKeyBundle };

export async function grantRow(
  by: Making,
  { subject, grant, bundle }: GrantInput,
): Promise<{ row: GrantRow; grant: NewGrant }> {
  const { staffId, agencyId } = grant;
  const holder = await (staffId === undefined
    ? by.principals.current(agencyId)
    : by.principals.ofStaff(by.work, staffId));
  return { row: sealedGrant(by.work.now, { subject, holder, terms: grant, bundle }), grant };
}

export function memberRow(row: GrantRow, { agencyId }: NewGrant, member: NewGrant['members'][number]) {
  const { id, subjectKind, subjectId, caseId, beginsAt, endsAt } = row;
  return {
    grantId: id,
    staffId: member.staffId,
    agencyId,
    subjectKind,
    subjectId,
    caseId,
    memberRole: member.role,
    beginsAt,
    endsAt,
  };
}

export function commitmentRow(work: Work, subject: Subject, entry: DataKeyBundle[number]) {
  const { compartment, version } = entry;
  const commitment = keyCommitment(entry.key, { subjectId: subject.id, compartment, version });
  return {
    subjectId: subject.id,
    compartment,
    version,
    subjectKind: subject.kind,
    caseId: subject.caseId,
    ownerAgencyId: subject.ownerAgencyId,
    commitment,
    createdAt: work.now,
  };
}
