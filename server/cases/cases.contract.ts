import * as z from 'zod';
import {
  agencyName,
  codeOf,
  codesOf,
  day,
  id,
  partialDay,
  text,
  timeOfClock,
  yesNoUnknown,
} from '../kernel/fields.contract.ts';

/** Why this case may be recorded (PDPL Art. 9 and 19; CL Art. 51): her consent, or a legal basis from the start. */
export const recordingBasis = z.strictObject({
  code: codeOf('recording_basis'),
  consenter: codeOf('consenter').optional(),
  evidence: codeOf('consent_evidence').optional(),
  language: codeOf('language').optional(),
  explainedOn: day.optional(),
  isReportUseAgreed: z.boolean(),
  representative: z
    .strictObject({
      fullName: text(120).optional(),
      relationship: codeOf('representative_relation'),
      isAllegedPerpetrator: z.boolean(),
    })
    .optional(),
  reason: text(500).optional(),
});

export const occurred = z.strictObject({
  on: partialDay,
  at: timeOfClock.optional(),
  timeOfDay: codeOf('time_of_day'),
});
export const place = z.strictObject({ areaCode: codeOf('*area'), placeType: codeOf('place_type') });

const incidentCommon = {
  occurred,
  place,
  narrative: text(4000).optional(),
  health: z.strictObject({ needs: codesOf('health_need'), isPregnant: yesNoUnknown, note: text(1000).optional() }),
};

export const violenceIncident = z.strictObject({
  kind: z.literal('violence'),
  gbvType: codeOf('gbv_type'),
  lawActs: codesOf('law_act'),
  harmfulPractice: codeOf('harmful_practice').optional(),
  goodsExchanged: codeOf('goods_exchanged').optional(),
  abduction: codeOf('abduction_type').optional(),
  ...incidentCommon,
});

export const traffickingIncident = z.strictObject({
  kind: z.literal('trafficking'),
  acts: codesOf('trafficking_act').min(1),
  means: codesOf('trafficking_means'),
  purposes: codesOf('trafficking_purpose').min(1),
  status: codeOf('trafficking_status'),
  controlMethods: codesOf('control_method'),
  exploitationTypes: codesOf('exploitation_type'),
  recruitmentMethod: codeOf('recruitment_method').optional(),
  recruitmentApps: codesOf('recruitment_app'),
  destination: text(120).optional(),
  ...incidentCommon,
});

/** One occurrence of violence, or one course of trafficking (GBVIMS; Palermo Art. 3 and HTCDS 2.0). */
export const incident = z.discriminatedUnion('kind', [violenceIncident, traffickingIncident]);

/** How she can be reached without harm: shown before every number of hers. */
export const contact = z.strictObject({
  phone: text(20).optional(),
  methods: codesOf('contact_method'),
  safeTimes: text(200).optional(),
  mayLeaveMessage: z.boolean(),
  codeWord: text(60).optional(),
  address: text(300).optional(),
  areaCode: codeOf('*area').optional(),
  currentLocation: text(300).optional(),
  shelterAddress: text(300).optional(),
});

export const survivor = z.strictObject({
  fullName: text(120).optional(),
  alias: text(60).optional(),
  bornOn: partialDay.optional(),
  ageBand: codeOf('age_band'),
  sex: codeOf('sex'),
  ethnicityGroup: codeOf('ethnicity_group'),
  maritalStatus: codeOf('marital_status').optional(),
  nationality: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'INVALID' })
    .optional(),
  identityNumber: text(20).optional(),
  disabilities: codesOf('disability'),
  languages: codesOf('language'),
  accessNeeds: codesOf('access_need'),
  contact,
});

export const perpetrator = z.strictObject({
  id: id.optional(),
  relationship: codeOf('relationship'),
  sex: codeOf('sex'),
  ageGroup: codeOf('perpetrator_age_group'),
  livesWithSurvivor: yesNoUnknown,
  fullName: text(120).optional(),
  birthYear: z.int().min(1900).max(2200).optional(),
  identityNumber: text(20).optional(),
  phone: text(20).optional(),
  occupationGroup: codeOf('occupation_group').optional(),
  traffickerRole: codeOf('trafficker_role').optional(),
  access: text(300).optional(),
  address: text(300).optional(),
});

export const child = z.strictObject({
  ageYears: z.int().min(0).max(17).optional(),
  sex: codeOf('sex'),
  relation: codeOf('child_relation'),
  livesWithSurvivor: yesNoUnknown,
  isAtRisk: yesNoUnknown,
});

export const risk = z.strictObject({ level: codeOf('risk_level'), redFlags: codesOf('red_flag') });
export const report = z.strictObject({
  receivedOn: day,
  channel: codeOf('report_channel'),
  addressType: codeOf('report_address_type'),
});

export const registerCaseBody = z.strictObject({
  basis: recordingBasis,
  report,
  incident,
  survivor,
  perpetrators: z.array(perpetrator).max(10),
  children: z.array(child).max(20),
  risk,
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
    incident: z.strictObject({ id, value: incident }),
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

/** A case as its own team sees it: one answer for one screen. */
export const caseView = z.strictObject({
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
  basis: recordingBasis,
  report,
  risk,
  contexts: z.array(z.string()),
  survivor,
  isChild: z.boolean(),
  perpetrators: z.array(perpetrator),
  children: z.array(child),
  incidents: z.array(z.strictObject({ id: z.string(), value: incident })),
  clinicalWindows: z.array(z.strictObject({ code: z.string(), endsAt: z.string(), isOpen: z.boolean() })),
  team: z.array(z.strictObject({ id: z.string(), displayName: z.string(), memberRole: z.string() })),
  timeline: z.array(timelineEntry),
  mayRefer: z.boolean(),
});

export const registeredCase = z.strictObject({
  id: z.string(),
  code: z.string(),
  version: z.int(),
  stage: z.string(),
  priority: z.int(),
  dueAt: z.string().nullable(),
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
  .refine((body) => Boolean(body.code || body.phone || body.identityNumber || (body.fullName && body.birthYear)), {
    error: 'REQUIRED',
  });

export const searchAnswer = z.strictObject({ items: z.array(caseLine), count: z.int() });

export const caseIdParams = z.strictObject({ caseId: id });
export const draftIdParams = z.strictObject({ draftId: id });
export const draftBody = z.strictObject({
  content: z.record(z.string().max(60), z.unknown()),
  page: z.int().min(0).max(9),
});
export const draftView = z.strictObject({
  id: z.string(),
  content: z.record(z.string(), z.unknown()),
  page: z.int(),
  version: z.int(),
  updatedAt: z.string(),
  expiresAt: z.string(),
});
export const savedDraft = z.strictObject({ id: z.string(), version: z.int(), expiresAt: z.string() });
export const draftList = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), page: z.int(), updatedAt: z.string(), expiresAt: z.string() })),
});

export const accessesQuery = z.strictObject({ cursor: z.string().max(200).optional() });

export const accessEntry = z.strictObject({
  id: z.string(),
  at: z.string(),
  actor: z.strictObject({ displayName: z.string(), agency: agencyName }).nullable(),
  action: z.string(),
  outcome: z.string(),
  purpose: z.string().nullable(),
  compartments: z.array(z.string()),
  isOwnAgency: z.boolean(),
});
export const accessList = z.strictObject({ items: z.array(accessEntry), nextCursor: z.string().nullable() });

export type RegisterCaseBody = z.output<typeof registerCaseBody>;
export type ChangeCaseBody = z.output<typeof changeCaseBody>;
export type SearchCasesBody = z.output<typeof searchCasesBody>;
export type Incident = z.output<typeof incident>;
export type Survivor = z.output<typeof survivor>;
export type Perpetrator = z.output<typeof perpetrator>;
export type Child = z.output<typeof child>;
export type Risk = z.output<typeof risk>;
export type RecordingBasis = z.output<typeof recordingBasis>;
export type Report = z.output<typeof report>;
export type CaseView = z.output<typeof caseView>;
export type CaseLine = z.output<typeof caseLine>;
export type ListCasesQuery = z.output<typeof listCasesQuery>;
export type TimelineEntry = z.output<typeof timelineEntry>;
export type AccessEntry = z.output<typeof accessEntry>;
export type DraftBody = z.output<typeof draftBody>;
