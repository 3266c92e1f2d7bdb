import type { KeyObject } from 'node:crypto';
import type { Work } from '../db/work.ts';
import { AppError } from '../kernel/errors.ts';
import type { BoundedCache } from './bounded-cache.ts';
import type { Custodian } from './custodian.ts';
import { dataKeyObject, matchesCommitment, wipeBundle, type DataKeyBundle } from './data-keys.ts';
import { createSubject, type Spec } from './create-subject.ts';
import { commitmentsOf, grantsOf, type DataKeyRow, type GrantRow } from './grants.store.ts';
import type { Principals } from './principals.store.ts';
import { reshareSubject, type Sharing } from './reshare-subject.ts';
import { sealBroken } from './seal-error.ts';
import { secretCache } from './secret-cache.ts';
import { columnsOf, openSubject, type OpenedKeys as Opened } from './subject-keys.ts';

export type Subject = { kind: 'case' | 'referral'; id: string; caseId: string; ownerAgencyId: string };
export type DataKey = { key: KeyObject; version: number };

/** A subject's data keys, opened for this request. */
export type OpenSubject = Subject & {
  /** Key of a compartment; the newest version unless one is named. Throws SEAL_BROKEN where the grant carries none. */
  keyFor(compartment: string, version?: number): DataKey;
};

export type NewGrant = {
  agencyId: string;
  /** A person of that agency who holds it herself; absent where the agency does. */
  staffId?: string;
  basisKind: string;
  basisId: string | null;
  endsAt: Date | null;
  members: readonly { staffId: string; role: 'lead' | 'member' }[];
};

/** Grants as keys: making a subject with its data keys, and opening what the actor's agency was granted. */
export type Subjects = {
  /** The rows go out in order on one connection: await the returned promise before committing. */
  create(work: Work, subject: Subject, spec: Spec): Promise<OpenSubject>;
  /** Gives the actor's subject to other holders of her agency instead of those who held it until now. */
  reshare(work: Work, subjectId: string, sharing: Sharing): Promise<void>;
  /** `compartments` narrows what is opened: no other data key is made of the grant's bundle. */
  open(work: Work, subjectId: string, compartments?: readonly string[]): Promise<OpenSubject>;
};

/** Data keys by `compartment version`, raw. */
type RawKeys = ReadonlyMap<string, Buffer>;

export function openSubjects(custodian: Custodian, principals: Principals): Subjects & { close(): void } {
  const cache = secretCache<RawKeys>(() => performance.now());
  const by = { custodian, principals, cache };
  return {
    async create(work, subject, spec) {
      const made = await createSubject({ work, principals }, subject, spec);
      // Whoever made the keys and granted them to her own agency need not open that grant again.
      const isOurs = spec.grants.some((grant) => grant.agencyId === work.staff.agencyId);
      if (isOurs) await work.once(`subject ${subject.id}`, async () => made);
      return made;
    },
    reshare: async (work, subjectId, sharing) =>
      reshareSubject(
        { work, principals },
        await openGranted({ ...by, work, compartments: undefined }, subjectId),
        sharing,
      ),
    open: (work, subjectId, compartments) => {
      const whole = `subject ${subjectId}`;
      const open = (): Promise<OpenSubject> => openGranted({ ...by, work, compartments }, subjectId);
      return compartments === undefined || work.knows(whole) ? work.once(whole, open) : open();
    },
    close: () => cache.clear(),
  };
}

type Opening = {
  work: Work;
  custodian: Custodian;
  principals: Principals;
  cache: BoundedCache<RawKeys>;
  /** Undefined: all that the grants carry. */
  compartments: readonly string[] | undefined;
};

async function openGranted(by: Opening, subjectId: string): Promise<OpenSubject> {
  const grants = await grantsOf(by.work, subjectId);
  const [first] = grants;
  if (first === undefined) throw new AppError('NOT_FOUND');
  const opened = await Promise.all(grants.map((grant) => openGrant(by, grant)));
  const { subjectKind: kind, subjectId: id, caseId, ownerAgencyId } = first;
  return openSubject({ kind, id, caseId, ownerAgencyId }, new Map(opened.flatMap((keys) => [...keys])));
}

async function openGrant(by: Opening, grant: GrantRow): Promise<Opened> {
  requireOwn(by.work, grant);
  requireGrantedEnd(grant);
  const columns = columnsOf(grant);
  // All that is authenticated is the cache's key: an edited grant is opened, and refused, again.
  const cacheKey = `${JSON.stringify(columns)} ${grant.bundle.toString('base64')} ${by.compartments?.join(' ') ?? '*'}`;
  const known = by.cache.get(cacheKey);
  if (known !== undefined) return keyObjects(known);
  const [commitments, holder] = await Promise.all([
    commitmentsOf(by.work, grant.subjectId),
    by.principals.version(grant.holderId, grant.holderKeyVersion),
  ]);
  const bundle = await by.custodian.openBundle(holder, columns, grant.bundle);
  try {
    const committed = bundle.filter(
      (entry) => (by.compartments?.includes(entry.compartment) ?? true) && isCommitted(entry, grant, commitments),
    );
    const raw = new Map(committed.map((entry) => [`${entry.compartment} ${entry.version}`, Buffer.from(entry.key)]));
    const opened = keyObjects(raw);
    by.cache.set(cacheKey, raw);
    return opened;
  } finally {
    wipeBundle(bundle);
  }
}

/** Bound to the actor: the custodian is never asked to open what neither she nor her agency holds, whoever found the row. */
function requireOwn({ staff }: Work, { holderKind, holderId }: GrantRow): void {
  const isOwn =
    (holderKind === 'agency' && holderId === staff.agencyId) || (holderKind === 'staff' && holderId === staff.staffId);
  if (!isOwn) throw sealBroken();
}

/** A grant may be shortened; an end beyond the one that was granted, or none, was put there past the application. */
function requireGrantedEnd({ endsAt, latestEnd }: GrantRow): void {
  if (latestEnd !== null && (endsAt === null || endsAt > latestEnd)) throw sealBroken();
}

/** A key without a commitment was forgotten after a renewal, or never made here: what it sealed does not open. */
function isCommitted(entry: DataKeyBundle[number], grant: GrantRow, commitments: readonly DataKeyRow[]): boolean {
  const { compartment, version } = entry;
  const row = commitments.find((each) => each.compartment === compartment && each.version === version);
  if (row === undefined) return false;
  const context = { subjectId: grant.subjectId, compartment, version };
  if (!matchesCommitment(entry.key, context, row.commitment)) throw sealBroken();
  return true;
}

/** Copies: the cache may wipe its own while a request still works. */
function keyObjects(raw: RawKeys): Opened {
  return new Map([...raw].map(([name, key]) => [name, dataKeyObject(key)]));
}
