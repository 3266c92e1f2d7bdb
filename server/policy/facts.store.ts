import type { Question, Work } from '../db/work.ts';
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
  isFound: boolean;
  ownerAgencyId: string | null;
  stage: string | null;
  isMember: boolean;
  isOwnAgency: boolean;
  isBarred: boolean;
};

export async function caseFacts(work: Work, caseId: string): Promise<Found> {
  const row = await answerOf<CaseRow>(work, 'case', caseId);
  return {
    resource: {
      type: 'Case',
      isOwnAgency: row.isOwnAgency,
      isMember: row.isMember,
      isBarred: row.isBarred,
      stage: row.stage ?? '',
    },
    caseId: row.isFound ? caseId : null,
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
  const row = await answerOf<ConsentRow>(work, 'consent', consentId);
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
  const row = await answerOf<ReferralRow>(work, 'referral', referralId);
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

type Kind = 'case' | 'referral' | 'consent';

const COLUMNS: Readonly<Record<Kind, string>> = {
  case: `is_found as "isFound", owner_agency_id as "ownerAgencyId", stage, is_member as "isMember", is_own_agency as "isOwnAgency", is_barred as "isBarred"`,
  referral: `case_id as "caseId", sender_agency_id as "senderAgencyId", state, is_case_member as "isCaseMember", is_assigned as "isAssigned",
    is_sender as "isSender", is_recipient as "isRecipient", is_barred as "isBarred"`,
  consent: `case_id as "caseId", owner_agency_id as "ownerAgencyId", state, is_member as "isMember", is_own_agency as "isOwnAgency",
    is_barred as "isBarred"`,
};

/** What a decision about an object needs to know, as a statement that can travel with the binding. */
export function questionAbout(kind: Kind, id: string): Question {
  const text = `select ${COLUMNS[kind]} from hien.${kind}_for_decision($1::uuid)`;
  return { name: `decide_${kind}`, text, values: [id] };
}

async function answerOf<T>(work: Work, kind: Kind, id: string): Promise<T> {
  const [row] = await work.ask<T>(questionAbout(kind, id));
  return row as T;
}
