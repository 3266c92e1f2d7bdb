import { sql } from 'kysely';
import type { Work } from '../db/work.ts';
import type { Resource } from './facts.ts';

/** Relations for the decision, and the identity of the object for the log and the use case. */
export type Found = {
  resource: Resource;
  caseId: string | null;
  ownerAgencyId: string | null;
  state: string | null;
  isSender: boolean;
  isKnown: boolean;
};

type CaseRow = {
  found: boolean;
  ownerAgencyId: string | null;
  stage: string | null;
  isMember: boolean;
  isOwnAgency: boolean;
  isBarred: boolean;
};

export async function caseFacts(work: Work, caseId: string): Promise<Found> {
  const row = await first<CaseRow>(work, sql`select * from hien.case_for_decision(${caseId}::uuid)`);
  return {
    resource: {
      type: 'Case',
      isOwnAgency: row.isOwnAgency,
      isMember: row.isMember,
      isBarred: row.isBarred,
      stage: row.stage ?? '',
    },
    caseId: row.found ? caseId : null,
    ownerAgencyId: row.ownerAgencyId,
    state: row.stage,
    isSender: row.isOwnAgency,
    // A colleague outside the team learns no more than a stranger.
    isKnown: row.isMember || (row.isOwnAgency && work.staff.roles.includes('supervisor')),
  };
}

type ConsentRow = {
  caseId: string | null;
  ownerAgencyId: string | null;
  state: string | null;
  isMember: boolean;
  isOwnAgency: boolean;
  isBarred: boolean;
};

export async function consentFacts(work: Work, consentId: string): Promise<Found> {
  const row = await first<ConsentRow>(work, sql`select * from hien.consent_for_decision(${consentId}::uuid)`);
  return {
    resource: { type: 'Consent', isOwnAgency: row.isOwnAgency, isMember: row.isMember, isBarred: row.isBarred },
    caseId: row.caseId,
    ownerAgencyId: row.ownerAgencyId,
    state: row.state,
    isSender: row.isOwnAgency,
    isKnown: row.isMember,
  };
}

type ReferralRow = {
  caseId: string | null;
  senderAgencyId: string | null;
  state: string | null;
  isCaseMember: boolean;
  isAssigned: boolean;
  isSender: boolean;
  isRecipient: boolean;
  isBarred: boolean;
};

export async function referralFacts(work: Work, referralId: string): Promise<Found> {
  const row = await first<ReferralRow>(work, sql`select * from hien.referral_for_decision(${referralId}::uuid)`);
  const { isSender, isRecipient, isCaseMember, isAssigned, isBarred } = row;
  return {
    resource: { type: 'Referral', isSender, isRecipient, isCaseMember, isAssigned, isBarred, state: row.state ?? '' },
    caseId: row.caseId,
    ownerAgencyId: row.senderAgencyId,
    state: row.state,
    isSender,
    isKnown: isCaseMember || isAssigned,
  };
}

async function first<T>(work: Work, query: ReturnType<typeof sql>): Promise<T> {
  const { rows } = await query.execute(work.db);
  return rows[0] as T;
}
