import { vietnamDay } from '../kernel/clock.ts';
import type { ReferralState } from './referral-states.rules.ts';

export type Standing = {
  isSender: boolean;
  isCaseMember: boolean;
  isDesk: boolean;
  isAssigned: boolean;
  /** The last day has passed; the job that ends the referral comes within the hour. */
  isOver: boolean;
};

/** Whether a referral's last day is over in Viet Nam: from then on the recipient has nothing of it, whatever its state. */
export function isOver({ endsOn }: { endsOn: string }, nowMs: number): boolean {
  return endsOn < vietnamDay(nowMs);
}

const BY_SENDER: Partial<Record<ReferralState, string[]>> = {
  draft: ['change', 'discard', 'dispatch'],
  awaiting_consent: ['change', 'discard', 'dispatch'],
  sent: ['recall'],
  received: ['recall'],
  accepted: ['recall'],
  in_service: ['recall'],
};
const BY_DESK: Partial<Record<ReferralState, string[]>> = {
  sent: ['receipt', 'acceptance', 'decline'],
  received: ['acceptance', 'decline'],
  accepted: ['assignment'],
  in_service: ['assignment'],
};
const BY_ASSIGNED: Partial<Record<ReferralState, string[]>> = {
  accepted: ['start', 'completion'],
  in_service: ['completion'],
};

/** The next steps that are lawful for this person in this state: what the screen offers as buttons. */
export function actionsFor(state: ReferralState, standing: Standing): string[] {
  if (standing.isSender) return standing.isCaseMember ? (BY_SENDER[state] ?? []) : [];
  return standing.isOver ? [] : forRecipient(state, standing);
}

function forRecipient(state: ReferralState, standing: Standing): string[] {
  const asDesk = standing.isDesk ? (BY_DESK[state] ?? []) : [];
  const asAssigned = standing.isAssigned ? (BY_ASSIGNED[state] ?? []) : [];
  return [...asDesk, ...asAssigned];
}
