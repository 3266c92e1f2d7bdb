import { newId } from '../kernel/ids.ts';
import type { PrincipalKeys } from './custodian.ts';
import { sealBundle, type DataKeyBundle } from './data-keys.ts';
import type { GrantRow } from './grants.store.ts';
import type { Principals } from './principals.store.ts';
import { columnsOf } from './subject-keys.ts';
import type { NewGrant, Subject } from './subjects.ts';

export type Granting = {
  subject: Subject;
  holder: PrincipalKeys;
  terms: Pick<NewGrant, 'basisKind' | 'basisId' | 'endsAt'>;
  bundle: DataKeyBundle;
};

/** A grant that begins `at`, its data keys sealed to the holder. */
export function sealedGrant(at: Date, { subject, holder, terms, bundle }: Granting): GrantRow {
  const fixed = {
    id: newId(),
    holderKind: holder.kind,
    holderId: holder.principalId,
    holderKeyVersion: holder.version,
    subjectKind: subject.kind,
    subjectId: subject.id,
    caseId: subject.caseId,
    ownerAgencyId: subject.ownerAgencyId,
    basisKind: terms.basisKind,
    basisId: terms.basisId,
    beginsAt: at,
    latestEnd: terms.endsAt,
  };
  return { ...fixed, endsAt: terms.endsAt, bundle: sealBundle({ holder, grant: columnsOf(fixed), bundle }) };
}

const GUARDED = { basisKind: 'guardian', basisId: null, endsAt: null };

/** What the guardian gets of every subject: all of its data keys. None where there is no guardian yet. */
export async function guardianGrants(
  by: { principals: Principals; work: { now: Date } },
  subject: Subject,
  bundle: DataKeyBundle,
): Promise<GrantRow[]> {
  const holder = await by.principals.guardian();
  return holder === undefined ? [] : [sealedGrant(by.work.now, { subject, holder, terms: GUARDED, bundle })];
}
