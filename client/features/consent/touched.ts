import type { ConsentView } from '../../../server/consent/consent.contract.ts';
import type { ReferralLine } from '../../../server/referrals/referrals.contract.ts';
import { isOpenReferral } from '../referral/open-referral.ts';

export type Touched = { closing: ReferralLine[]; staying: ReferralLine[] };

/**
 * What a withdrawal would do, as far as the list of referrals tells: open referrals to this recipient that rest on
 * consent close; those that rest on the law stay, to whomever they went. The server's answer names them exactly.
 */
export function touchedBy(consent: ConsentView, lines: readonly ReferralLine[]): Touched {
  const running = lines.filter(isOpenReferral);
  const rests = (line: ReferralLine): boolean => line.notice?.basis === 'CONSENT';
  return {
    closing: running.filter((line) => rests(line) && line.partner.id === consent.recipientAgency.id),
    staying: running.filter((line) => line.notice !== null && !rests(line)),
  };
}
