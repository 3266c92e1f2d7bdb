import * as z from 'zod';
import { agencyName, codeOf, codesOf, day, filledText, id, text } from '../kernel/fields.contract.ts';

/** One consent: to one recipient agency, for one purpose, of these fields, until this day (PDPL Art. 9). */
export const recordConsentBody = z.strictObject({
  recipientAgencyId: id,
  purpose: codeOf('*purpose'),
  fields: codesOf('*field').min(1),
  validUntil: day,
  consenter: codeOf('consenter'),
  evidence: codeOf('consent_evidence'),
  language: codeOf('language'),
  explainedOn: day,
  witness: text(120).optional(),
  textVersion: filledText(40),
  excluded: text(500).optional(),
});

export const consentView = z.strictObject({
  id: z.string(),
  caseId: z.string(),
  recipientAgency: agencyName,
  purpose: z.string(),
  fields: z.array(z.string()),
  validUntil: z.string(),
  consenter: z.string(),
  evidence: z.string(),
  language: z.string(),
  explainedOn: z.string(),
  witness: z.string().nullable(),
  textVersion: z.string(),
  excluded: z.string().nullable(),
  state: z.enum(['valid', 'withdrawn', 'expired']),
  recordedAt: z.string(),
  withdrawnAt: z.string().nullable(),
});

export const consentList = z.strictObject({ items: z.array(consentView) });

export const withdrawConsentBody = z.strictObject({ reason: codeOf('withdrawal_reason') });

const touchedReferral = z.strictObject({ id: z.string(), recipientAgency: agencyName });

/** What the withdrawal did at once, and what stays because it rests on the law and not on her consent. */
export const withdrawalAnswer = z.strictObject({
  id: z.string(),
  state: z.literal('withdrawn'),
  closedReferrals: z.array(touchedReferral),
  keptReferrals: z.array(touchedReferral),
});

export const consentIdParams = z.strictObject({ consentId: id });

export type RecordConsentBody = z.output<typeof recordConsentBody>;
export type ConsentView = z.output<typeof consentView>;
export type WithdrawalAnswer = z.output<typeof withdrawalAnswer>;
