/** What became of a case's referrals; `answerDueAt` is the earliest time by which a partner owes an answer. */
export type ReferralCounts = {
  drafts: number;
  waiting: number;
  active: number;
  total: number;
  answerDueAt: Date | null;
};
export type NextStep = 'refer' | 'send_draft' | 'await_answer' | 'follow_up' | 'closed';

/** The next step in the words of the work list, from the stage and the case's referrals. */
export function nextStepOf(stage: string, counts: Omit<ReferralCounts, 'answerDueAt'>): NextStep {
  if (stage === 'closed') return 'closed';
  if (counts.drafts > 0) return 'send_draft';
  if (counts.waiting > 0) return 'await_answer';
  return counts.total === 0 ? 'refer' : 'follow_up';
}

/** By when the next step is due: the partner's answer where one is awaited, else the first contact while nobody has spoken to her. */
export function dueOf(step: NextStep, times: { dueAt: Date | null; answerDueAt: Date | null }): string | null {
  if (step === 'closed') return null;
  const due = step === 'await_answer' ? times.answerDueAt : times.dueAt;
  return due === null ? null : new Date(due).toISOString();
}
