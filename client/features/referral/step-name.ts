import type { Words } from '../../locales/vi.ts';

export type StepName = Exclude<keyof Words['referral']['steps'], 'title'>;

const names: Readonly<Record<string, StepName>> = {
  'referral.draft': 'draft',
  'referral.dispatch': 'dispatch',
  'referral.receive': 'receive',
  'referral.accept': 'accept',
  'referral.decline': 'decline',
  'referral.complete': 'complete',
  'referral.recall': 'recall',
  'referral.expire': 'expire',
  'consent.withdraw': 'withdraw',
};

/** The word for a step of a referral. */
export function stepName(action: string): StepName {
  return names[action] ?? 'other';
}
