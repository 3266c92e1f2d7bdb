import * as z from 'zod';
import { agencyName, codeOf, id, text } from '../kernel/fields.contract.ts';
import {
  child,
  incident,
  perpetrator,
  recordingBasis,
  report,
  reviewedIncident,
  reviewedSurvivor,
  risk,
  survivor,
} from './records.contract.ts';

// One door for whoever speaks with this room.
export * from './accesses.contract.ts';
export * from './drafts.contract.ts';
export * from './records.contract.ts';
export * from './restriction.contract.ts';

/** Members of staff, of any agency, whom the survivor does not want near her case: they are barred from it. */
const exclusions = z.array(id).max(20);

export const registerCaseBody = z.strictObject({
  basis: recordingBasis,
  report,
  incident,
  survivor,
  perpetrators: z.array(perpetrator).max(10),
  children: z.array(child).max(20),
  risk,
  exclusions: exclusions.optional(),
  /** The draft this registration grew from; it is destroyed with the registration. */
  draftId: id.optional(),
});

/** Each section that is sent replaces the stored one as a new revision; stage moves the work forward. */
export const changeCaseBody = z
  .strictObject({
    survivor,
    perpetrators: z.array(perpetrator).max(10),
    children: z.array(child).max(20),
    risk,
    /** How and when the report arrived; its day decides in which reporting period the case is counted. */
    report,
    /** Of the other kind than before, the whole case becomes one of that kind. */
    incident: z.strictObject({ id, value: incident }),
    exclusions,
    /** Whether she agrees that figures without names are used in reports; taken back, they are destroyed. */
    isReportUseAgreed: z.boolean(),
    stage: codeOf('case_stage'),
  })
  .partial();

export const caseLine = z.strictObject({
  id: z.string(),
  code: z.string(),
  stage: z.string(),
  priority: z.int(),
  nextStep: z.enum(['refer', 'send_draft', 'await_answer', 'follow_up', 'closed']),
  dueAt: z.string().nullable(),
  openedAt: z.string(),
  assignee: z.strictObject({ id: z.string(), displayName: z.string() }).nullable(),
  isMine: z.boolean(),
  openReferrals: z.int(),
  version: z.int(),
});

export const caseList = z.strictObject({ items: z.array(caseLine), nextCursor: z.string().nullable() });

export const listCasesQuery = z.strictObject({
  stage: codeOf('case_stage').optional(),
  mine: z.enum(['true', 'false']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

export const timelineEntry = z.strictObject({
  at: z.string(),
  lane: z.enum(['us', 'partner', 'read']),
  action: z.string(),
  actor: z.strictObject({ displayName: z.string(), agency: agencyName }).nullable(),
  referralId: z.string().nullable(),
});

/** What both views of a case show. */
const caseHead = {
  id: z.string(),
  code: z.string(),
  version: z.int(),
  stage: z.string(),
  priority: z.int(),
  nextStep: caseLine.shape.nextStep,
  dueAt: z.string().nullable(),
  openedAt: z.string(),
  ownerAgency: agencyName,
  kind: z.enum(['violence', 'trafficking']),
  report,
  risk,
  isChild: z.boolean(),
  children: z.array(child),
  clinicalWindows: z.array(z.strictObject({ code: z.string(), endsAt: z.string(), isOpen: z.boolean() })),
  team: z.array(z.strictObject({ id: z.string(), displayName: z.string(), memberRole: z.string() })),
  timeline: z.array(timelineEntry),
  /** Only the named team has it, not the agency. */
  isRestricted: z.boolean(),
  mayRefer: z.boolean(),
};

/** A case as its own team sees it: one answer for one screen. */
export const caseView = z.strictObject({
  ...caseHead,
  isPseudonymous: z.literal(false),
  basis: recordingBasis,
  contexts: z.array(z.string()),
  survivor,
  perpetrators: z.array(perpetrator),
  incidents: z.array(z.strictObject({ id: z.string(), value: incident })),
});

/** A case as a supervisor reviews it: how the work goes, and nothing that tells whose case it is. */
export const reviewedCaseView = z.strictObject({
  ...caseHead,
  isPseudonymous: z.literal(true),
  survivor: reviewedSurvivor,
  incidents: z.array(z.strictObject({ id: z.string(), value: reviewedIncident })),
});

/** The purpose decides which of the two it is. */
export const openedCase = z.discriminatedUnion('isPseudonymous', [caseView, reviewedCaseView]);

export const registeredCase = z.strictObject({
  id: z.string(),
  code: z.string(),
  version: z.int(),
  stage: z.string(),
  priority: z.int(),
  dueAt: z.string().nullable(),
  /** Received, and in the hands of the agency's supervisor: not the registering person's to work on, and no word of it here. */
  isHandedOver: z.boolean(),
});

/** Exact look-up: at least one full criterion; nothing partial, nothing in an address. */
export const searchCasesBody = z
  .strictObject({
    code: text(20).optional(),
    fullName: text(120).optional(),
    birthYear: z.int().min(1900).max(2200).optional(),
    phone: text(20).optional(),
    identityNumber: text(20).optional(),
  })
  .superRefine((body, context) => {
    if (body.code || body.phone || body.identityNumber || (body.fullName && body.birthYear)) return;
    context.addIssue({ code: 'custom', path: [missingCriterion(body)], message: 'REQUIRED' });
  });

/** A name without its year says the least: the other half is what is missing. */
function missingCriterion({ fullName, birthYear }: { fullName?: string | undefined; birthYear?: number | undefined }) {
  if (fullName) return 'birthYear';
  return birthYear ? 'fullName' : 'code';
}

export const searchAnswer = z.strictObject({ items: z.array(caseLine), count: z.int() });

export const caseIdParams = z.strictObject({ caseId: id });

export type RegisterCaseBody = z.output<typeof registerCaseBody>;
export type ChangeCaseBody = z.output<typeof changeCaseBody>;
export type SearchCasesBody = z.output<typeof searchCasesBody>;
export type CaseView = z.output<typeof caseView>;
export type ReviewedCaseView = z.output<typeof reviewedCaseView>;
export type OpenedCase = z.output<typeof openedCase>;
export type CaseLine = z.output<typeof caseLine>;
export type ListCasesQuery = z.output<typeof listCasesQuery>;
export type TimelineEntry = z.output<typeof timelineEntry>;
