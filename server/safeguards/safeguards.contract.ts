import * as z from 'zod';
import { typedCaseCode } from '../kernel/case-code.ts';
import { codeOf, filledText, id, text } from '../kernel/fields.contract.ts';

/** A case by its id or by its code: whoever is outside the team knows the code from the telephone, never the id. */
export const namedCaseParams = z.strictObject({
  caseId: text(40).overwrite((named) => typedCaseCode(named) ?? named.toLowerCase()),
});
export const breakGlassParams = z.strictObject({ breakGlassId: id });
export const doubtParams = z.strictObject({ doubtId: id });
export const ofCaseParams = z.strictObject({ caseId: id });
export const staffParams = z.strictObject({ staffId: id });

/** Emergency access to one case: why, in words that are sealed, and the password once more. */
export const openBreakGlassBody = z.strictObject({
  reasonCode: codeOf('break_glass_reason'),
  reasonText: text(1000).min(10, { error: 'TOO_SHORT' }),
  password: z.string().min(1, { error: 'REQUIRED' }).max(200),
  /** How long, in minutes, one of the list `break_glass_minutes` (`M15` is 15); 60 where it is not said. It ends by itself. */
  minutes: z.int().min(1).max(60).optional(),
});

export const plainBody = z.strictObject({});

/** `told`: what the supervisor and the lead of the case must know of; `mine`: one's own uses. */
export const breakGlassQuery = z.strictObject({ box: z.enum(['told', 'mine']) });

export const breakGlassView = z.strictObject({
  id: z.string(),
  caseId: z.string(),
  caseCode: z.string(),
  staffName: z.string(),
  agencyId: z.string(),
  reasonCode: z.string(),
  reasonText: z.string().nullable(),
  openedAt: z.string(),
  endsAt: z.string(),
  /** 72 hours after it was opened; past it, the person cannot use it again until somebody has reviewed this use. */
  reviewDueAt: z.string(),
  review: z
    .strictObject({
      verdict: z.enum(['justified', 'not_justified']),
      reviewedAt: z.string(),
      reviewerName: z.string(),
      note: z.string().nullable(),
    })
    .nullable(),
  isMine: z.boolean(),
  mayReview: z.boolean(),
});
export const breakGlassList = z.strictObject({ items: z.array(breakGlassView) });

export const reviewBreakGlassBody = z.strictObject({
  verdict: z.enum(['justified', 'not_justified']),
  note: text(1000).optional(),
});

const person = { staffId: z.string(), displayName: z.string(), agencyId: z.string() };

/**
 * Who may not come near this case. The team sees whom the survivor named; what was found by comparison, and doubts
 * (same name and year of birth), only a supervisor of the owning agency.
 */
export const conflictsView = z.strictObject({
  bars: z.array(z.strictObject({ ...person, origin: z.enum(['match', 'exclusion']), since: z.string() })),
  doubts: z.array(z.strictObject({ id: z.string(), ...person, since: z.string() })),
});

/** `bar`: it is the same person, or too close to tell; `dismiss`: somebody else of the same name. */
export const answerDoubtBody = z.strictObject({ answer: z.enum(['bar', 'dismiss']) });

/** Whom a survivor could want to exclude: names only. Of any agency. */
export const staffQuery = z.strictObject({ agencyId: id });
export const staffList = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), displayName: z.string() })),
});

/** What identifies a member of staff, kept as keyed hashes only. What is left out is forgotten. */
export const staffIdentifiersBody = z.strictObject({
  identityNumber: text(20).optional(),
  phone: text(20).optional(),
  fullName: filledText(120).optional(),
  birthYear: z.int().min(1900).max(2200).optional(),
});

export type OpenBreakGlassBody = z.output<typeof openBreakGlassBody>;
export type BreakGlassQuery = z.output<typeof breakGlassQuery>;
export type BreakGlassView = z.output<typeof breakGlassView>;
export type ReviewBreakGlassBody = z.output<typeof reviewBreakGlassBody>;
export type ConflictsView = z.output<typeof conflictsView>;
export type AnswerDoubtBody = z.output<typeof answerDoubtBody>;
export type StaffIdentifiersBody = z.output<typeof staffIdentifiersBody>;
