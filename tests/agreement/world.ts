/** Which of the field's roles a person may hold. */
export const ROLES = [
  'case_worker',
  'duty_officer',
  'supervisor',
  'coordinator',
  'auditor',
  'agency_admin',
  'operator',
] as const;
/** Every state of a referral. */
export const STATES = [
  'draft',
  'awaiting_consent',
  'sent',
  'received',
  'accepted',
  'declined',
  'in_service',
  'completed',
  'withdrawn',
  'recalled',
  'expired',
] as const;
export type State = (typeof STATES)[number];

/** `open`: no end; `later`: ends tomorrow; `over`: ended an hour ago. */
export type End = 'open' | 'later' | 'over';
/** `spareId`: a colleague whom no case knows, to be put on a team by who may. */
export type Agency = { id: string; area: string; spareId: string };
export type Person = { id: string; agencyId: string; roles: readonly string[]; token: Buffer };
/** Somebody who works under a grant. */
export type Membership = { staffId: string; role: 'lead' | 'member'; end: End };
export type Grant = {
  id: string;
  holderKind: 'agency' | 'staff' | 'statistics' | 'guardian';
  holderId: string;
  /** Whose the subject is, as the grant has it: a copy. */
  ownerId: string;
  about: 'case' | 'referral';
  subjectId: string;
  end: End;
  members: Membership[];
};
export type Bar = { staffId: string; isLifted: boolean };
export type Opening = { id: string; staffId: string; end: 'later' | 'over' };
export type Consent = {
  id: string;
  caseId: string;
  /** Whose the case is, as the consent has it: a copy. */
  ownerId: string;
  recipientId: string;
  state: 'valid' | 'withdrawn';
};
export type Doubt = { id: string; staffId: string };
export type Case = {
  id: string;
  ownerId: string;
  createdBy: string;
  isRestricted: boolean;
  grants: Grant[];
  bars: Bar[];
  openings: Opening[];
  consents: Consent[];
  doubts: Doubt[];
  /** Somebody put rows into this case past every guard whose copy of the owner names another agency. */
  hasStrays: boolean;
};
export type Referral = {
  id: string;
  caseId: string;
  senderId: string;
  recipientId: string;
  state: State;
  createdBy: string;
  /** Its last day has passed. */
  isLapsed: boolean;
  grants: Grant[];
};
export const FINDING_STATES = ['open', 'asked', 'answered', 'closed'] as const;
export type FindingState = (typeof FINDING_STATES)[number];
/** What an auditor found about somebody's deeds, and what this person was asked to explain. */
export type Finding = {
  id: string;
  agencyId: string;
  auditorId: string;
  actorId: string;
  actorAgencyId: string;
  state: FindingState;
  explanation: { id: string } | null;
};
/** A few agencies, their people and everything between them. Plain data: nothing here knows SQL or Cedar. */
export type World = {
  number: number;
  agencies: Agency[];
  people: Person[];
  cases: Case[];
  referrals: Referral[];
  findings: Finding[];
};
