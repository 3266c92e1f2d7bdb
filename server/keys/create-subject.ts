import type { Work } from '../db/work.ts';
import { dataKeyObject, generateDataKey, keyCommitment, wipeBundle, type DataKeyBundle } from './data-keys.ts';
import { rememberNoDocuments } from './documents.store.ts';
import { insertDataKeys, insertGrants, insertMembers, rememberGrants, type GrantRow } from './grants.store.ts';
import type { Principals } from './principals.store.ts';
import { guardianGrants, sealedGrant, type Granting } from './sealed-grant.ts';
import { openSubject } from './subject-keys.ts';
import type { NewGrant, OpenSubject, Subject } from './subjects.ts';

export type Making = { work: Work; principals: Principals };
/** A compartment that one holder alone can open, and none of those who hold the subject's other keys. */
export type Aside = Pick<Granting, 'holder' | 'terms'> & { compartment: string };
export type Spec = { compartments: readonly string[]; grants: readonly NewGrant[]; aside?: Aside | undefined };

/** Makes a subject: a fresh key per compartment, its commitment, and a grant that carries the keys to each holder. */
export async function createSubject(by: Making, subject: Subject, spec: Spec): Promise<OpenSubject> {
  const bundle = freshKeys(spec.compartments);
  const aside = asideOf(by, subject, spec.aside);
  const all = [...bundle, ...aside.bundle];
  try {
    const [grants, guarded] = await Promise.all([
      Promise.all(spec.grants.map((grant) => grantRow(by, { subject, grant, bundle }))),
      guardianGrants(by, subject, bundle),
    ]);
    const keys = all.map((entry) => commitmentRow(by.work, subject, entry));
    const members = grants.flatMap(({ row, grant }) => grant.members.map((member) => memberRow(row, grant, member)));
    const { work } = by;
    const rows = grants.map(({ row }) => row);
    await insertGrants(work, [...rows, ...guarded, ...aside.grants]);
    // What follows travels with it: nobody can be in the way of the first team of something new.
    work.later(insertMembers(work, members));
    await insertDataKeys(work, keys);
    rememberGrants(work, subject.id, rows);
    rememberNoDocuments(work, subject.id);
    return openSubject(subject, new Map(all.map((entry) => [`${entry.compartment} 1`, dataKeyObject(entry.key)])));
  } finally {
    wipeBundle(all);
  }
}

/** The caller's to wipe. */
export function freshKeys(compartments: readonly string[]): DataKeyBundle {
  return compartments.map((compartment) => ({ compartment, version: 1, key: generateDataKey() }));
}

function asideOf(
  { work }: Making,
  subject: Subject,
  aside: Aside | undefined,
): { bundle: DataKeyBundle; grants: GrantRow[] } {
  if (aside === undefined) return { bundle: [], grants: [] };
  const bundle = freshKeys([aside.compartment]);
  return { bundle, grants: [sealedGrant(work.now, { ...aside, subject, bundle })] };
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
