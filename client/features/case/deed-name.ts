import type { Words } from '../../locales/vi.ts';

type DeedName = keyof Words['caseFile']['timeline']['deed'];

const names: Readonly<Record<string, DeedName>> = {
  'case.register': 'register',
  'case.change': 'change',
  'consent.record': 'consentRecord',
  'consent.withdraw': 'consentWithdraw',
  'referral.draft': 'draft',
  'referral.change': 'draftChange',
  'referral.discard': 'draftDiscard',
  'referral.dispatch': 'dispatch',
  'referral.receive': 'receive',
  'referral.accept': 'accept',
  'referral.decline': 'decline',
  'referral.assign': 'assign',
  'referral.start': 'start',
  'referral.complete': 'complete',
  'referral.recall': 'recall',
  'referral.expire': 'expire',
  'break_glass.open': 'urgentOpen',
  'break_glass.end': 'urgentEnd',
  'break_glass.review': 'urgentReview',
  'conflict.answer': 'conflictAnswer',
};

/** The words for a deed of the timeline. */
export function deedName(action: string): DeedName {
  return names[action] ?? 'other';
}
