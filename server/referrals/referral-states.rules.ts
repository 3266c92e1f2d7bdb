export const REFERRAL_STATES = [
  'draft',
  'awaiting_consent',
  'sent',
  'received',
  'accepted',
  'declined',
  'in_service',
  'completed',
  'withdrawn',
  'recalled',
  'expired',
] as const;

export type ReferralState = (typeof REFERRAL_STATES)[number];

/**
 * Which state may follow which. The same table stands in the database as a trigger
 * (`migrations/0004_referrals.sql`); a test keeps the two equal.
 */
export const REFERRAL_STEPS: Readonly<Record<ReferralState, readonly ReferralState[]>> = {
  draft: ['awaiting_consent', 'sent'],
  awaiting_consent: ['draft', 'sent'],
  sent: ['received', 'accepted', 'declined', 'withdrawn', 'recalled', 'expired'],
  received: ['accepted', 'declined', 'withdrawn', 'recalled', 'expired'],
  accepted: ['in_service', 'completed', 'withdrawn', 'recalled', 'expired'],
  in_service: ['completed', 'withdrawn', 'recalled', 'expired'],
  declined: [],
  completed: [],
  withdrawn: [],
  recalled: [],
  expired: [],
};

export function mayFollow(from: ReferralState, to: ReferralState): boolean {
  return REFERRAL_STEPS[from].includes(to);
}

export function isTerminal(state: ReferralState): boolean {
  return REFERRAL_STEPS[state].length === 0;
}

/** States in which the recipient may open the envelope. */
export const OPEN_STATES: readonly ReferralState[] = ['accepted', 'in_service', 'completed'];
