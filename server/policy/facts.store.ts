import type { Question, Work } from '../db/work.ts';
import type { Kind, Resource } from './facts.ts';

/** Relations for the decision, and the identity of the object for the log and the use case. */
export type Found = {
  resource: Resource;
  caseId: string | null;
  ownerAgencyId: string | null;
  state: string | null;
  isSender: boolean;
  isKnown: boolean;
};

export function factsAbout(work: Work, kind: Kind, id: string): Promise<Found> {
  if (kind === 'consent') return consentFacts(work, id);
  if (kind === 'referral') return referralFacts(work, id);
  if (kind === 'break_glass') return breakGlassFacts(work, id);
  if (kind === 'finding' || kind === 'explanation') return reviewFacts(work, kind, id);
  return caseFacts(work, kind, id);
}

/** Asked for every object of a case. */
type Restriction = { isRestricted: boolean; isLead: boolean };

type CaseRow = {
  caseId: string | null;
  ownerAgencyId: string | null;
  stage: string | null;
  isMember: boolean;
  isOwnAgency: boolean;
  isBarred: boolean;
} & Restriction;

async function caseFacts(work: Work, kind: Kind, id: string): Promise<Found> {
  const row = await answerOf<CaseRow>(work, kind, id);
  return {
    resource: {
      type: 'Case',
      isOwnAgency: row.isOwnAgency,
      isMember: row.isMember,
      isLead: row.isLead,
      isRestricted: row.isRestricted,
      isBarred: row.isBarred,
      stage: row.stage ?? '',
    },
    caseId: row.caseId,
    ownerAgencyId: row.ownerAgencyId,
    state: row.stage,
    isSender: row.isOwnAgency,
    // A colleague outside the team learns no more than a stranger, and who is barred or not named no more than that.
    isKnown: !row.isBarred && (row.isMember || (!row.isRestricted && isSupervised(work, row))),
  };
}

function isSupervised(work: Work, { isOwnAgency }: { isOwnAgency: boolean }): boolean {
  return isOwnAgency && work.staff.roles.includes('supervisor');
}

type ConsentRow = {
  caseId: string | null;
  ownerAgencyId: string | null;
  state: string | null;
  isMember: boolean;
  isOwnAgency: boolean;
  isBarred: boolean;
} & Restriction;

async function consentFacts(work: Work, consentId: string): Promise<Found> {
  const row = await answerOf<ConsentRow>(work, 'consent', consentId);
  const { isOwnAgency, isMember, isRestricted, isBarred } = row;
  return {
    resource: { type: 'Consent', isOwnAgency, isMember, isRestricted, isBarred },
    caseId: row.caseId,
    ownerAgencyId: row.ownerAgencyId,
    state: row.state,
    isSender: row.isOwnAgency,
    isKnown: !row.isBarred && row.isMember,
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
} & Restriction;

async function referralFacts(work: Work, referralId: string): Promise<Found> {
  const row = await answerOf<ReferralRow>(work, 'referral', referralId);
  const { isSender, isRecipient, isCaseMember, isAssigned, isRestricted, isBarred } = row;
  const state = row.state ?? '';
  return {
    resource: { type: 'Referral', isSender, isRecipient, isCaseMember, isAssigned, isRestricted, isBarred, state },
    caseId: row.caseId,
    ownerAgencyId: row.senderAgencyId,
    state: row.state,
    isSender,
    isKnown: !isBarred && (isCaseMember || isAssigned),
  };
}

type BreakGlassRow = {
  caseId: string | null;
  ownerAgencyId: string | null;
  isOwnAgency: boolean;
  isMine: boolean;
  isBarred: boolean;
};

async function breakGlassFacts(work: Work, id: string): Promise<Found> {
  const row = await answerOf<BreakGlassRow>(work, 'break_glass', id);
  const { isOwnAgency, isMine, isBarred, caseId, ownerAgencyId } = row;
  return {
    resource: { type: 'BreakGlass', isOwnAgency, isMine, isBarred },
    caseId,
    ownerAgencyId,
    state: null,
    isSender: isOwnAgency,
    isKnown: !isBarred && (isMine || isSupervised(work, row)),
  };
}

type ReviewRow = {
  agencyId: string | null;
  state: string | null;
  isOwnAgency: boolean;
  isAboutMe: boolean;
  isMine: boolean;
};

/** What auditors follow up: of no case, and known to nobody but the auditing agency and the asked person. */
async function reviewFacts(work: Work, kind: 'finding' | 'explanation', id: string): Promise<Found> {
  const { agencyId, state, isOwnAgency, isAboutMe, isMine } = await answerOf<ReviewRow>(work, kind, id);
  return {
    resource:
      kind === 'finding'
        ? { type: 'Finding', isOwnAgency, isAboutMe, state: state ?? '' }
        : { type: 'Explanation', isMine },
    caseId: null,
    ownerAgencyId: agencyId,
    state,
    isSender: false,
    isKnown: false,
  };
}

const OF_CASE = `owner_agency_id as "ownerAgencyId", stage, is_member as "isMember", is_own_agency as "isOwnAgency", is_barred as "isBarred"`;

/** What each asks its function: columns as the rows above name them, and the type of the parameter. */
const QUESTIONS: Readonly<Record<Kind, { columns: string; of: 'uuid' | 'text'; isOfNoCase?: true }>> = {
  case: { columns: `case when is_found then $1::uuid end as "caseId", ${OF_CASE}`, of: 'uuid' },
  named_case: { columns: `case_id as "caseId", ${OF_CASE}`, of: 'text' },
  doubt: { columns: `case_id as "caseId", ${OF_CASE}`, of: 'uuid' },
  referral: {
    columns: `case_id as "caseId", sender_agency_id as "senderAgencyId", state, is_case_member as "isCaseMember", is_assigned as "isAssigned",
    is_sender as "isSender", is_recipient as "isRecipient", is_barred as "isBarred"`,
    of: 'uuid',
  },
  consent: {
    columns: `case_id as "caseId", owner_agency_id as "ownerAgencyId", state, is_member as "isMember", is_own_agency as "isOwnAgency",
    is_barred as "isBarred"`,
    of: 'uuid',
  },
  break_glass: {
    columns: `case_id as "caseId", owner_agency_id as "ownerAgencyId", is_own_agency as "isOwnAgency", is_mine as "isMine", is_barred as "isBarred"`,
    of: 'uuid',
  },
  finding: {
    columns: `agency_id as "agencyId", state, is_own_agency as "isOwnAgency", is_about_me as "isAboutMe"`,
    of: 'uuid',
    isOfNoCase: true,
  },
  explanation: { columns: `agency_id as "agencyId", is_mine as "isMine"`, of: 'uuid', isOfNoCase: true },
};

/** What a decision about an object needs to know, as a statement that can travel with the binding. */
export function questionAbout(kind: Kind, id: string): Question {
  const { columns, of, isOfNoCase } = QUESTIONS[kind];
  const asked = `select ${columns} from hien.${kind}_for_decision($1::${of})`;
  if (isOfNoCase === true) return { name: `decide_${kind}`, text: asked, values: [id] };
  const text = `select d.*, r.is_restricted as "isRestricted", r.is_lead as "isLead"
    from (${asked}) d cross join lateral hien.restriction_for_decision(d."caseId") r`;
  return { name: `decide_${kind}`, text, values: [id] };
}

async function answerOf<T>(work: Work, kind: Kind, id: string): Promise<T> {
  const [row] = await work.ask<T>(questionAbout(kind, id));
  return row as T;
}
