import * as z from 'zod';
import {
  agencyName,
  bilingual,
  codeOf,
  codesOf,
  day,
  filledText,
  id,
  instant,
  text,
} from '../kernel/fields.contract.ts';
import { REFERRAL_STATES } from './referral-states.rules.ts';

export const referralState = z.enum(REFERRAL_STATES);
export const referralIdParams = z.strictObject({ referralId: id });

const optionField = z.strictObject({
  field: z.string(),
  ...bilingual,
  share: z.enum(['default', 'ask', 'never']),
  form: z.string().nullable(),
  /** The value as the recipient would get it (see `envelopeField.value`); null when the case holds none. */
  preview: z.unknown(),
});

const optionConsent = z.strictObject({ id: z.string(), fields: z.array(z.string()), validUntil: z.string() });

export const referralOption = z.strictObject({
  agency: z.strictObject({
    ...agencyName.shape,
    sector: z.string(),
    areaCode: z.string(),
    isInArea: z.boolean(),
    dutyDesk: z.strictObject({ phone: z.string(), hours: z.string() }).nullable(),
  }),
  /** Median hours to an answer over the last 90 days; null with fewer than 5 answers. */
  medianAnswerHours: z.number().nullable(),
  fields: z.array(optionField),
  consents: z.array(optionConsent),
});

export const referralOptionsQuery = z.strictObject({ service: codeOf('*service') });
export const referralOptions = z.strictObject({
  service: z.strictObject({ code: z.string(), ...bilingual }),
  defaultUrgency: z.string(),
  suggestedUrgency: z.string(),
  mayUseLegalBasis: z.array(z.string()),
  options: z.array(referralOption),
});

export const draftReferralBody = z.strictObject({
  recipientAgencyId: id,
  service: codeOf('*service'),
  urgency: codeOf('urgency'),
  purpose: codeOf('*purpose'),
  fields: codesOf('*field').min(1),
  note: text(500).optional(),
  /** Last day on which the recipient may read the envelope. */
  endsOn: day,
});
export const changeReferralBody = draftReferralBody.omit({ recipientAgencyId: true }).partial();

/** A U0 referral asks for the call: when, and who answered; or that nobody did. */
export const call = z.strictObject({ calledAt: instant, spokeTo: text(120).optional(), isReached: z.boolean() });

export const dispatchBody = z.union([
  z.strictObject({ consentId: id, call: call.optional() }),
  z.strictObject({ legalBasis: codeOf('legal_basis'), reason: filledText(500), call: call.optional() }),
]);

export const acceptanceBody = z.strictObject({ assigneeIds: z.array(id).min(1).max(10), note: text(500).optional() });
export const assignmentBody = z.strictObject({ assigneeIds: z.array(id).min(1).max(10) });
export const declineBody = z.strictObject({ reason: codeOf('decline_reason'), note: text(500).optional() });
export const completionBody = z.strictObject({
  outcome: codeOf('referral_outcome'),
  services: codesOf('*service'),
  note: text(500).optional(),
});
export const recallBody = z.strictObject({ reason: codeOf('recall_reason') });
export const plainBody = z.strictObject({});

/** What the recipient's desk knows before it accepts. Sealed under the agency's own key. */
export const notice = z.strictObject({
  caseCode: z.string(),
  service: z.string(),
  urgency: z.string(),
  sender: agencyName,
  recipient: agencyName,
  areaCode: z.string(),
  ageBand: z.string(),
  isChild: z.boolean(),
  basis: z.string(),
});

export const envelopeField = z.strictObject({ field: z.string(), form: z.string().nullable(), value: z.unknown() });

const referralStep = z.strictObject({
  at: z.string(),
  action: z.string(),
  actor: z.strictObject({ displayName: z.string(), agency: agencyName }).nullable(),
});

const feedback = z.strictObject({
  kind: z.enum(['acceptance', 'decline', 'completion', 'recall']),
  reason: z.string().nullable(),
  outcome: z.string().nullable(),
  services: z.array(z.string()),
  note: z.string().nullable(),
});

export const referralLine = z.strictObject({
  id: z.string(),
  state: referralState,
  box: z.enum(['inbox', 'outbox']),
  notice: notice.nullable(),
  /** Only for the sender, who has a case resource. */
  caseId: z.string().nullable(),
  partner: agencyName,
  priority: z.int(),
  sentAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  isMine: z.boolean(),
  version: z.int(),
});

export const referralList = z.strictObject({ items: z.array(referralLine), nextCursor: z.string().nullable() });
export const listReferralsQuery = z.strictObject({
  box: z.enum(['inbox', 'outbox']),
  state: referralState.optional(),
  case: id.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

export const referralView = z.strictObject({
  ...referralLine.shape,
  /** The sender's supervisor reviews: what was sent and answered stays closed until she states supervision. */
  isPseudonymous: z.boolean(),
  note: z.string().nullable(),
  envelope: z
    .strictObject({
      fields: z.array(envelopeField),
      endsAt: z.string(),
      purpose: z.string(),
      note: z.string().nullable(),
      /** Why it could go on a legal basis; null where it went on her consent. */
      reason: z.string().nullable(),
      /** The call that went before an emergency referral; null for others. */
      call: call.nullable(),
    })
    .nullable(),
  /** Sender's own draft: which fields are chosen. Null once sent. */
  draft: z
    .strictObject({ fields: z.array(z.string()), endsOn: z.string(), purpose: z.string(), note: z.string().nullable() })
    .nullable(),
  assignees: z.array(z.strictObject({ id: z.string(), displayName: z.string() })),
  openedAt: z.string().nullable(),
  feedback: z.array(feedback),
  steps: z.array(referralStep),
  /** The legal next steps for this person now, e.g. `acceptance`, `recall`. */
  actions: z.array(z.string()),
  dutyDesk: z.strictObject({ phone: z.string(), hours: z.string() }).nullable(),
});

export type DraftReferralBody = z.output<typeof draftReferralBody>;
export type ChangeReferralBody = z.output<typeof changeReferralBody>;
export type DispatchBody = z.output<typeof dispatchBody>;
export type Notice = z.output<typeof notice>;
export type EnvelopeField = z.output<typeof envelopeField>;
export type ReferralView = z.output<typeof referralView>;
export type ReferralLine = z.output<typeof referralLine>;
export type ReferralOptions = z.output<typeof referralOptions>;
export type ListReferralsQuery = z.output<typeof listReferralsQuery>;
export type PhoneCall = z.output<typeof call>;
export type Feedback = z.output<typeof feedback>;
