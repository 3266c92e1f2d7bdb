import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';

const open: ReadonlySet<ReferralLine['state']> = new Set(['sent', 'received', 'accepted', 'in_service']);

/** It has left the house, and has not come to its end. */
export function isOpenReferral({ state }: Pick<ReferralLine, 'state'>): boolean {
  return open.has(state);
}
