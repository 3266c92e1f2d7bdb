import * as z from 'zod';
import { codeOf, codesOf, day, id, partialDay, text, timeOfClock, yesNoUnknown } from '../kernel/fields.contract.ts';

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
      birthYear: z.int().min(1900).max(2200).optional(),
      identityNumber: text(20).optional(),
      phone: text(20).optional(),
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

/** What a review of the work may show of an incident: no words that anybody typed, nothing of her health. */
export const reviewedIncident = z.discriminatedUnion('kind', [
  violenceIncident.omit({ narrative: true, health: true }),
  traffickingIncident.omit({ narrative: true, health: true, destination: true }),
]);

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

/** What a review of the work may show of her: nothing that tells who she is or how she is reached. */
export const reviewedSurvivor = survivor.omit({
  fullName: true,
  alias: true,
  bornOn: true,
  identityNumber: true,
  contact: true,
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

export type Incident = z.output<typeof incident>;
export type Survivor = z.output<typeof survivor>;
export type Perpetrator = z.output<typeof perpetrator>;
export type Child = z.output<typeof child>;
export type Risk = z.output<typeof risk>;
export type RecordingBasis = z.output<typeof recordingBasis>;
export type Report = z.output<typeof report>;
