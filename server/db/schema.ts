import type { ColumnType, Generated } from 'kysely';
import type { AuditEventTable } from './schema-audit.ts';

type At = ColumnType<Date, Date | string, Date | string>;
type Day = ColumnType<string, string, string>;

export type CaseFileTable = {
  id: string;
  code: string;
  ownerAgencyId: string;
  stage: string;
  priority: number;
  dueAt: At | null;
  assigneeId: string | null;
  basisKind: 'consent' | 'legal';
  version: Generated<number>;
  createdBy: string;
  createdAt: At;
  changedAt: At;
  isDemonstration: Generated<boolean>;
};

export type AccessGrantTable = {
  id: string;
  holderKind: string;
  holderId: string;
  holderKeyVersion: number;
  subjectKind: 'case' | 'referral';
  subjectId: string;
  caseId: string;
  ownerAgencyId: string;
  basisKind: string;
  basisId: string | null;
  beginsAt: At;
  endsAt: At | null;
  /** The end that was granted, authenticated with the bundle: `endsAt` may only come before it. Null where none was set. */
  latestEnd: At | null;
  bundle: Buffer;
};

export type CaseMemberTable = {
  grantId: string;
  staffId: string;
  agencyId: string;
  subjectKind: 'case' | 'referral';
  subjectId: string;
  caseId: string;
  memberRole: 'lead' | 'member';
  beginsAt: At;
  endsAt: At | null;
};

export type DataKeyTable = {
  subjectId: string;
  compartment: string;
  version: number;
  subjectKind: 'case' | 'referral';
  caseId: string;
  ownerAgencyId: string;
  commitment: Buffer;
  createdAt: At;
};

export type SealedDocumentTable = {
  id: string;
  revision: number;
  isCurrent: Generated<boolean>;
  subjectKind: 'case' | 'referral';
  subjectId: string;
  caseId: string;
  ownerAgencyId: string;
  recordKind: string;
  recordId: string;
  compartment: string;
  keyVersion: number;
  sealed: Buffer;
  /** There while the revision is the current one; its hash is authenticated with `sealed`. Both null in rows of before. */
  currentProof: Buffer | null;
  currentProofHash: Buffer | null;
  writtenBy: string;
  writtenAt: At;
};

export type BlindIndexTable = {
  caseId: string;
  ownerAgencyId: string;
  recordKind: string;
  recordId: string;
  purpose: 'search' | 'conflict' | 'match';
  field: string;
  value: Buffer;
};

export type RegistrationDraftTable = {
  id: string;
  staffId: string;
  agencyId: string;
  page: number;
  version: number;
  keyVersion: number;
  sealed: Buffer;
  updatedAt: At;
  expiresAt: At;
};

export type IdempotencyTable = {
  actorId: string;
  key: string;
  requestMac: Buffer;
  status: number;
  resourceId: string;
  createdAt: At;
};

export type ConsentTable = {
  id: string;
  caseId: string;
  ownerAgencyId: string;
  recipientAgencyId: string;
  state: 'valid' | 'withdrawn';
  validUntil: Day;
  recordedBy: string;
  recordedAt: At;
  withdrawnAt: At | null;
  version: Generated<number>;
  /** There until the withdrawal; the sealed terms hold its hash. Null in rows of before. */
  standingProof: Buffer | null;
};

export type ReferralTable = {
  id: string;
  caseId: string;
  senderAgencyId: string;
  recipientAgencyId: string;
  state: string;
  priority: number;
  basisKind: 'consent' | 'legal' | null;
  consentId: string | null;
  endsOn: Day;
  createdBy: string;
  createdAt: At;
  sentAt: At | null;
  dueAt: At | null;
  receivedAt: At | null;
  answeredAt: At | null;
  openedAt: At | null;
  closedAt: At | null;
  version: Generated<number>;
  senderKeyVersion: number | null;
  senderNotice: Buffer | null;
  recipientKeyVersion: number | null;
  recipientNotice: Buffer | null;
};

export type StaffTable = {
  id: string;
  username: string;
  displayName: string;
  agencyId: string;
  isActive: Generated<boolean>;
  createdAt: Generated<Date>;
};

export type PrincipalKeyTable = {
  principalId: string;
  kind: 'agency' | 'staff' | 'statistics' | 'guardian';
  version: number;
  publicKey: Buffer;
  vouch: Buffer;
  wrappedPrivateKey: Buffer;
  wrappedListKey: Buffer;
  createdAt: Generated<Date>;
  retiredAt: Date | null;
};

export type Database = {
  caseFile: CaseFileTable;
  accessGrant: AccessGrantTable;
  caseMember: CaseMemberTable;
  dataKey: DataKeyTable;
  sealedDocument: SealedDocumentTable;
  blindIndex: BlindIndexTable;
  registrationDraft: RegistrationDraftTable;
  idempotency: IdempotencyTable;
  consent: ConsentTable;
  referral: ReferralTable;
  staff: StaffTable;
  staffRole: { staffId: string; role: string };
  principalKey: PrincipalKeyTable;
  auditEvent: AuditEventTable;
  auditEventCase: { caseId: string; eventId: string; recordedAt: At };
  installation: {
    onlyRow: Generated<boolean>;
    isDemonstration: boolean;
    auditEpoch: number;
    auditOrigin: string | null;
  };
};
