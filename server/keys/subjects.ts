import type { KeyObject } from 'node:crypto';
import type { Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { boundedCache } from './bounded-cache.ts';
import type { Custodian } from './custodian.ts';
import {
  dataKeyObject,
  generateDataKey,
  keyCommitment,
  matchesCommitment,
  sealBundle,
  wipeBundle,
  type DataKeyBundle,
  type GrantColumns,
} from './data-keys.ts';
import {
  commitmentsOf,
  grantsOf,
  insertDataKeys,
  insertGrants,
  insertMembers,
  type DataKeyRow,
  type GrantRow,
} from './grants.store.ts';
import type { Principals } from './principals.store.ts';
import { sealBroken } from './seal-error.ts';

export type Subject = { kind: 'case' | 'referral'; id: string; caseId: string; ownerAgencyId: string };
export type DataKey = { key: KeyObject; version: number };

/** A subject's data keys, opened for this request. */
export type OpenSubject = Subject & {
  /** Key of a compartment; the newest version unless one is named. Throws SEAL_BROKEN where the grant carries none. */
  keyFor(compartment: string, version?: number): DataKey;
};

export type NewGrant = {
  agencyId: string;
  basisKind: string;
  basisId: string | null;
  endsAt: Date | null;
  members: readonly { staffId: string; role: 'lead' | 'member' }[];
};

/** Grants as keys: making a subject with its data keys, and opening what the actor's agency was granted. */
export type Subjects = {
  /** The rows go out in order on one connection: await the returned promise before committing. */
  create(
    work: Work,
    subject: Subject,
    spec: { compartments: readonly string[]; grants: readonly NewGrant[] },
  ): Promise<OpenSubject>;
  open(work: Work, subjectId: string): Promise<OpenSubject>;
};

type Opened = ReadonlyMap<string, KeyObject>;

const CACHE = { maxEntries: 500, ttlMs: 60_000, now: () => performance.now() };

export function openSubjects(custodian: Custodian, principals: Principals): Subjects & { close(): void } {
  // KeyObjects free their memory when nothing points at them any more; dropping them is all that Node allows.
  const cache = boundedCache<Opened>({ ...CACHE, onEvict: () => {} });
  return {
    create: (work, subject, spec) => createSubject({ work, principals }, subject, spec),
    async open(work, subjectId) {
      const [grants, commitments] = await Promise.all([grantsOf(work, subjectId), commitmentsOf(work, subjectId)]);
      const [first] = grants;
      if (first === undefined) throw new AppError('NOT_FOUND');
      const opened = await Promise.all(
        grants.map((grant) => openGrant({ custodian, principals, cache, commitments }, grant)),
      );
      const subject = {
        kind: first.subjectKind,
        id: first.subjectId,
        caseId: first.caseId,
        ownerAgencyId: first.ownerAgencyId,
      };
      return openSubject(subject, new Map(opened.flatMap((keys) => [...keys])));
    },
    close: () => cache.clear(),
  };
}

type Opening = {
  custodian: Custodian;
  principals: Principals;
  cache: ReturnType<typeof boundedCache<Opened>>;
  commitments: readonly DataKeyRow[];
};

async function openGrant(by: Opening, grant: GrantRow): Promise<Opened> {
  // The whole row is the cache's key: an edited grant is opened, and refused, again.
  const cacheKey = `${grant.id} ${grant.holderKeyVersion} ${grant.subjectId} ${grant.caseId} ${grant.bundle.toString('base64', 0, 48)}`;
  const known = by.cache.get(cacheKey);
  if (known !== undefined) return known;
  const holder = await by.principals.version(grant.holderId, grant.holderKeyVersion);
  const bundle = await by.custodian.openBundle(holder, columnsOf(grant), grant.bundle);
  try {
    const opened = new Map(
      bundle.map((entry) => [`${entry.compartment} ${entry.version}`, checkedKey(entry, grant, by.commitments)]),
    );
    by.cache.set(cacheKey, opened);
    return opened;
  } finally {
    wipeBundle(bundle);
  }
}

function checkedKey(entry: DataKeyBundle[number], grant: GrantRow, commitments: readonly DataKeyRow[]): KeyObject {
  const { compartment, version } = entry;
  const row = commitments.find((each) => each.compartment === compartment && each.version === version);
  if (
    row === undefined ||
    !matchesCommitment(entry.key, { subjectId: grant.subjectId, compartment, version }, row.commitment)
  )
    throw sealBroken();
  return dataKeyObject(entry.key);
}

function columnsOf(grant: Omit<GrantRow, 'bundle' | 'endsAt'>): GrantColumns {
  return {
    ...grant,
    grantId: grant.id,
    holderKind: grant.holderKind as GrantColumns['holderKind'],
    beginsAtMs: new Date(grant.beginsAt).getTime(),
  };
}

type Making = { work: Work; principals: Principals };
type Spec = { compartments: readonly string[]; grants: readonly NewGrant[] };

async function createSubject(by: Making, subject: Subject, spec: Spec): Promise<OpenSubject> {
  const bundle = spec.compartments.map((compartment) => ({ compartment, version: 1, key: generateDataKey() }));
  try {
    const grants = await Promise.all(spec.grants.map((grant) => grantRow(by, { subject, grant, bundle })));
    const keys = bundle.map((entry) => commitmentRow(by.work, subject, entry));
    const members = grants.flatMap(({ row, grant }) => grant.members.map((member) => memberRow(row, member)));
    await Promise.all([
      insertGrants(
        by.work,
        grants.map(({ row }) => row),
      ),
      insertMembers(by.work, members),
      insertDataKeys(by.work, keys),
    ]);
    return openSubject(subject, new Map(bundle.map((entry) => [`${entry.compartment} 1`, dataKeyObject(entry.key)])));
  } finally {
    wipeBundle(bundle);
  }
}

function openSubject(subject: Subject, keys: Opened): OpenSubject {
  return {
    ...subject,
    keyFor(compartment, version) {
      const wanted = version ?? newestVersion(keys, compartment);
      const key = keys.get(`${compartment} ${wanted}`);
      if (key === undefined) throw sealBroken();
      return { key, version: wanted };
    },
  };
}

function newestVersion(keys: Opened, compartment: string): number {
  const versions = [...keys.keys()]
    .filter((name) => name.startsWith(`${compartment} `))
    .map((name) => Number(name.slice(compartment.length + 1)));
  return Math.max(0, ...versions);
}

type GrantInput = { subject: Subject; grant: NewGrant; bundle: DataKeyBundle };

async function grantRow(
  by: Making,
  { subject, grant, bundle }: GrantInput,
): Promise<{ row: GrantRow; grant: NewGrant }> {
  const holder = await by.principals.current(grant.agencyId);
  const fixed = {
    id: newId<string>(),
    holderKind: 'agency',
    holderId: grant.agencyId,
    holderKeyVersion: holder.version,
    subjectKind: subject.kind,
    subjectId: subject.id,
    caseId: subject.caseId,
    ownerAgencyId: subject.ownerAgencyId,
    basisKind: grant.basisKind,
    basisId: grant.basisId,
    beginsAt: by.work.now,
  };
  const sealed = sealBundle({ holder, grant: columnsOf(fixed), bundle });
  return { row: { ...fixed, endsAt: grant.endsAt, bundle: sealed }, grant };
}

function memberRow(grant: GrantRow, member: NewGrant['members'][number]) {
  const { id, holderId, subjectKind, subjectId, caseId, beginsAt, endsAt } = grant;
  return {
    grantId: id,
    staffId: member.staffId,
    agencyId: holderId,
    subjectKind,
    subjectId,
    caseId,
    memberRole: member.role,
    beginsAt,
    endsAt,
  };
}

function commitmentRow(work: Work, subject: Subject, entry: DataKeyBundle[number]) {
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
