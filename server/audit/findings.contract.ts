import * as z from 'zod';
import { agencyName, codeOf, filledText, id } from '../kernel/fields.contract.ts';
import { auditLine } from './audit.contract.ts';
import { ruleName } from './overview.contract.ts';

export const findingParams = z.strictObject({ findingId: id });
export const explanationParams = z.strictObject({ explanationId: id });

const state = z.enum(['open', 'asked', 'answered', 'closed']);
const person = z.strictObject({ id: z.string(), displayName: z.string(), agency: agencyName });

/** Something about deeds that the auditor may read, all of one person. The words are sealed. */
export const recordFindingBody = z.strictObject({
  actorId: id,
  eventIds: z.array(id).min(1, { error: 'REQUIRED' }).max(50, { error: 'TOO_MANY' }),
  /** Code of the rule whose outlier it was, if any. */
  rule: z
    .string()
    .regex(/^[a-z_]{1,40}$/, { error: 'INVALID' })
    .optional(),
  note: filledText(1000),
  /** Asks the person for an explanation at the same time. */
  question: filledText(1000).optional(),
});

export const askExplanationBody = z.strictObject({ question: filledText(1000) });
export const closeFindingBody = z.strictObject({ outcome: codeOf('finding_outcome') });
export const answerExplanationBody = z.strictObject({ answer: filledText(2000) });

export const findingsQuery = z.strictObject({ state: z.enum(['unsettled', 'closed']).optional() });

/** A finding as a list shows it, without words. */
const findingHead = {
  id: z.string(),
  actor: person,
  rule: ruleName.nullable(),
  state,
  foundAt: z.string(),
  auditorName: z.string(),
  /** Until when the explanation asked for last is due; null where none is awaited. */
  dueAt: z.string().nullable(),
  outcome: z.string().nullable(),
  closedAt: z.string().nullable(),
};
export const findingLine = z.strictObject(findingHead);
export const findingList = z.strictObject({ items: z.array(findingLine) });

export const findingView = z.strictObject({
  ...findingHead,
  note: z.string(),
  closedByName: z.string().nullable(),
  explanations: z.array(
    z.strictObject({
      id: z.string(),
      askedAt: z.string(),
      askedByName: z.string(),
      dueAt: z.string(),
      question: z.string(),
      answeredAt: z.string().nullable(),
      answer: z.string().nullable(),
    }),
  ),
  events: z.array(auditLine),
});

/** What somebody is asked; she sees the question and her own answer, nothing of the finding. */
export const explanationView = z.strictObject({
  id: z.string(),
  askedBy: agencyName,
  askedAt: z.string(),
  dueAt: z.string(),
  question: z.string(),
  answeredAt: z.string().nullable(),
  answer: z.string().nullable(),
});
export const explanationList = z.strictObject({ items: z.array(explanationView) });

export type RecordFindingBody = z.output<typeof recordFindingBody>;
export type AskExplanationBody = z.output<typeof askExplanationBody>;
export type CloseFindingBody = z.output<typeof closeFindingBody>;
export type AnswerExplanationBody = z.output<typeof answerExplanationBody>;
export type FindingsQuery = z.output<typeof findingsQuery>;
export type FindingLine = z.output<typeof findingLine>;
export type FindingView = z.output<typeof findingView>;
export type ExplanationView = z.output<typeof explanationView>;
