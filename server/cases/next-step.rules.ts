export type ReferralCounts = { drafts: number; waiting: number; active: number; total: number };
export type NextStep = 'refer' | 'send_draft' | 'await_answer' | 'follow_up' | 'closed';

/** The next step in the words of the work list, from the stage and the case's referrals. */
export function nextStepOf(stage: string, counts: ReferralCounts): NextStep {
  if (stage === 'closed') return 'closed';
  if (counts.drafts > 0) return 'send_draft';
  if (counts.waiting > 0) return 'await_answer';
  return counts.total === 0 ? 'refer' : 'follow_up';
}
