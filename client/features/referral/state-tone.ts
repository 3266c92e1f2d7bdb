import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import type { StatusTone } from '../../ui/status-tag.tsx';

const tones: Readonly<Record<ReferralLine['state'], StatusTone>> = {
  draft: 'neutral',
  awaiting_consent: 'warning',
  sent: 'action',
  received: 'action',
  accepted: 'neutral',
  declined: 'warning',
  in_service: 'neutral',
  completed: 'done',
  withdrawn: 'warning',
  recalled: 'warning',
  expired: 'warning',
};

/** How a state looks; the word says it. */
export function toneOf(state: ReferralLine['state']): StatusTone {
  return tones[state];
}
